use portcullis::prelude::*;

fn routes() -> SecureRouter {
    SecureRouter::new().route_service("/", axum::Router::new())
}

fn main() {}
