use portcullis::prelude::*;

#[secure(authenticated, get = "/users")]
async fn handler(_: Option<axum::extract::Path<u64>>) {}

fn main() {}
