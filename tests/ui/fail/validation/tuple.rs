use axum::Json;
use portcullis::prelude::*;

#[secure(authenticated)]
async fn handler(_: (Principal, Json<u8>)) {}

fn main() {}
