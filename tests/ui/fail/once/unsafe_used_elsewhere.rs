use portcullis::PolicyOf;
use portcullis::prelude::*;

#[secure(role = "admin")]
async unsafe fn handler() {}

fn routes() -> SecureRouter {
    SecureRouter::new().route("/", get(handler)).fallback(handler)
}

fn policy() -> String {
    handler::POLICY.to_string()
}

fn main() {}
