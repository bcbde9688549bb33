use portcullis::prelude::*;

async fn bare() {}

fn routes() -> SecureRouter {
    SecureRouter::new().fallback(bare)
}

fn main() {}
