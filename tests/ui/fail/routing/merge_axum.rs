use portcullis::prelude::*;

async fn bare() {}

fn routes() -> SecureRouter {
    SecureRouter::new().merge(axum::Router::new().route("/", axum::routing::get(bare)))
}

fn main() {}
