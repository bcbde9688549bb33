use axum::extract::RawQuery;
use portcullis::prelude::*;

#[secure(authenticated)]
async fn handler(_: RawQuery) {}

fn main() {}
