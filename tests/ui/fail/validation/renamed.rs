use portcullis::prelude::*;

use axum::Json as Valid2;

#[secure(authenticated)]
async fn handler(_: Valid2<u8>) {}

fn main() {}
