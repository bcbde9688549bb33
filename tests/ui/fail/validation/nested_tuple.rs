use axum::Json;
use portcullis::prelude::*;

#[secure(authenticated)]
async fn handler(_: (Principal, (Principal, Option<Json<u8>>))) {}

fn main() {}
