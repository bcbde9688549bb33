use axum::Json;
use portcullis::prelude::*;

type Input = (Principal, Json<u8>);

#[secure(authenticated)]
async fn handler(_: Input) {}

fn main() {}
