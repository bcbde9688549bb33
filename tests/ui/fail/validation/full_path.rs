use portcullis::prelude::*;

#[secure(authenticated)]
async fn handler(_: axum::extract::Json<u8>) {}

fn main() {}
