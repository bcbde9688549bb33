use axum::routing::MethodFilter;
use portcullis::prelude::*;

async fn bare() {}

fn routes() -> SecureRouter {
    SecureRouter::new().route("/", on(MethodFilter::GET, bare))
}

fn main() {}
