use portcullis::prelude::*;

fn routes() -> SecureRouter {
    SecureRouter::new().nest("/api", axum::Router::new())
}

fn main() {}
