use axum::extract::Path;
use portcullis::PolicyOf;
use portcullis::prelude::*;

#[secure(role = "admn", when = principal.subject() == id)]
async fn handler(Path(id): Path<String>) -> String {
    id
}

fn routes() -> SecureRouter {
    SecureRouter::new().route("/", get(handler)).fallback(handler)
}

fn policy() -> String {
    handler::POLICY.to_string()
}

fn main() {}
