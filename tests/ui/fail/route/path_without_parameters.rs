use axum::extract::Path;
use portcullis::prelude::*;

#[secure(authenticated, get = "/users")]
async fn handler(_: Path<u64>) {}

fn main() {}
