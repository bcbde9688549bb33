use axum::Json;
use portcullis::prelude::*;

#[secure(authenticated)]
async fn handler<T: Send>(_: Json<T>) {}

fn main() {}
