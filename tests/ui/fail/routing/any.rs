use portcullis::prelude::*;

async fn bare() {}

fn routes() -> SecureRouter {
    SecureRouter::new().route("/", any(bare))
}

fn main() {}
