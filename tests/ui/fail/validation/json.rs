use axum::Json;
use portcullis::prelude::*;

#[secure(authenticated)]
async fn handler(Json(_): Json<u8>) {}

fn main() {}
