use portcullis::PolicyOf;
use portcullis::prelude::*;

#[secure(role = "admin" rate = "5/min")]
async fn handler() {}

fn routes() -> SecureRouter {
    SecureRouter::new().route("/", get(handler)).fallback(handler)
}

fn policy() -> String {
    handler::POLICY.to_string()
}

fn main() {}
