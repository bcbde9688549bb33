use axum::extract::Path;
use portcullis::prelude::*;

#[secure(authenticated, get = "/a/{b}/{c}/{d}")]
async fn handler(_: Path<(u64, String)>) {}

fn main() {}
