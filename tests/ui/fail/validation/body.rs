use axum::body::Body;
use portcullis::prelude::*;

#[secure(authenticated)]
async fn handler(_: Body) {}

fn main() {}
