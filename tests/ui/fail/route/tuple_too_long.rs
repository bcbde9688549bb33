use axum::extract::Path;
use portcullis::prelude::*;

#[secure(authenticated, get = "/users/{id}")]
async fn handler(_: Path<(u64, String)>) {}

fn main() {}
