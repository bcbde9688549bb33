use axum::Json;
use portcullis::prelude::*;

type Input = Option<Json<u8>>;

#[secure(authenticated)]
async fn handler(_: Input) {}

fn main() {}
