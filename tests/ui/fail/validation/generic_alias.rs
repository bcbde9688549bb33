use axum::Json;
use portcullis::prelude::*;

type Input<T> = Json<T>;

#[secure(authenticated)]
async fn handler(_: Input<u8>) {}

fn main() {}
