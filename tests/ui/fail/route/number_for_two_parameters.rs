use axum::extract::Path;
use portcullis::prelude::*;

#[secure(authenticated, get = "/tenants/{tenant}/users/{id}")]
async fn handler(_: Path<u64>) {}

fn main() {}
