use axum::{Json, extract::rejection::JsonRejection};
use portcullis::prelude::*;

type Input = Result<Json<u8>, JsonRejection>;

#[secure(authenticated)]
async fn handler(_: Input) {}

fn main() {}
