use axum::http::Method;
use portcullis::prelude::*;

async fn bare(_: Method, _: String) {}

fn routes() -> SecureRouter {
    SecureRouter::new().route("/", post(bare))
}

fn main() {}
