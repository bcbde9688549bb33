use portcullis::prelude::*;

#[secure(authenticated, unvalidated = "the order is the mistake here")]
async fn handler(_: String, _: Principal) {}

fn routes() -> SecureRouter {
    SecureRouter::new().route("/", get(handler))
}

fn main() {}
