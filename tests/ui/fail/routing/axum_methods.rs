use portcullis::prelude::*;

#[secure(authenticated)]
async fn secured() {}

fn routes() -> SecureRouter {
    SecureRouter::new().route("/", axum::routing::get(secured))
}

fn main() {}
