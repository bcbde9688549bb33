use portcullis::prelude::*;

#[secure(authenticated)]
async fn secured() {}

async fn bare() {}

fn routes() -> SecureRouter {
    SecureRouter::new().route("/", get(secured).post(bare))
}

fn main() {}
