use axum::extract::Multipart;
use portcullis::prelude::*;

#[secure(authenticated)]
async fn handler(_: Multipart) {}

fn main() {}
