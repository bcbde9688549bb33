use axum::Json;
use portcullis::prelude::*;

#[secure(authenticated)]
async fn handler(_: Result<Json<u8>, axum::extract::rejection::JsonRejection>) {}

fn main() {}
