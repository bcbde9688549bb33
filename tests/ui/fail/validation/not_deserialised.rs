use axum::Form;
use portcullis::prelude::*;

#[derive(garde::Validate)]
struct Input {
    #[garde(length(max = 50))]
    name: String,
}

#[secure(authenticated)]
async fn handler(_: Valid<Form<Input>>) {}

fn routes() -> SecureRouter {
    SecureRouter::new().route("/", post(handler))
}

fn main() {}
