use axum::Json;
use portcullis::PolicyOf;
use portcullis::prelude::*;

#[secure(authenticated, rate = "5/mim")]
async fn handler(_: Json<u8>) {}

fn routes() -> SecureRouter {
    SecureRouter::new().route("/", get(handler)).fallback(handler)
}

fn policy() -> String {
    handler::POLICY.to_string()
}

fn main() {}
