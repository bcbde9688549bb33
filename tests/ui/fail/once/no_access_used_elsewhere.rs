use axum::{extract::Path, http::StatusCode};
use portcullis::PolicyOf;
use portcullis::prelude::*;

#[secure(rate = "5/min")]
async fn handler(Path(_): Path<u64>) -> Result<(), StatusCode> {
    Ok(())
}

fn routes() -> SecureRouter {
    SecureRouter::new().route("/", get(handler)).fallback(handler)
}

fn policy() -> String {
    handler::POLICY.to_string()
}

fn main() {}
