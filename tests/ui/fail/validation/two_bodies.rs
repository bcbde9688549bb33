use axum::{Form, Json};
use portcullis::prelude::*;

#[secure(authenticated)]
async fn handler(_: Form<u8>, _: Json<u8>) {}

fn main() {}
