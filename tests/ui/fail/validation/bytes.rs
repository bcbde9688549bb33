use axum::body::Bytes;
use portcullis::prelude::*;

#[secure(authenticated)]
async fn handler(_: Bytes) {}

fn main() {}
