use axum::Json;
use portcullis::prelude::*;

#[derive(serde::Deserialize)]
struct Input {
    name: String,
}

#[secure(authenticated)]
async fn handler(_: Valid<Json<Input>>) {}

fn routes() -> SecureRouter {
    SecureRouter::new().route("/", post(handler))
}

fn main() {}
