use portcullis::prelude::*;

struct User;

#[secure(authenticated)]
async fn handler(_: User) {}

fn routes() -> SecureRouter {
    SecureRouter::new().route("/", get(handler))
}

fn main() {}
