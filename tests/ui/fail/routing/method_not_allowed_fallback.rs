use portcullis::prelude::*;

async fn bare() {}

fn routes() -> SecureRouter {
    SecureRouter::new().method_not_allowed_fallback(bare)
}

fn main() {}
