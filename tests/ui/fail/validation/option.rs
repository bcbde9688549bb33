use axum::Json;
use portcullis::prelude::*;

#[secure(authenticated)]
async fn handler(_: Option<Json<u8>>) {}

fn main() {}
