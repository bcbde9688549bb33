use axum::extract::State;
use portcullis::prelude::*;

#[secure(authenticated)]
async fn handler(_: Valid<State<u8>>) {}

fn main() {}
