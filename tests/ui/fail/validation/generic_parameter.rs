use axum::extract::FromRequest;
use portcullis::prelude::*;

#[secure(authenticated)]
async fn handler<B: FromRequest<()>>(_: B) {}

fn main() {}
