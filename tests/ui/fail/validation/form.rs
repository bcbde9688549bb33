use axum::Form;
use portcullis::prelude::*;

#[secure(authenticated)]
async fn handler(_: Form<u8>) {}

fn main() {}
