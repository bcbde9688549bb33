use portcullis::prelude::*;

fn routes() -> SecureRouter {
    SecureRouter::new().merge_unsecured(axum::Router::new())
}

fn main() {}
