use portcullis::prelude::*;

async fn bare(_: Principal) {}

fn routes() -> SecureRouter {
    SecureRouter::new().route("/", get(bare))
}

fn main() {}
