use axum::extract::Request;
use portcullis::prelude::*;

#[secure(authenticated)]
async fn handler(_: Request) {}

fn main() {}
