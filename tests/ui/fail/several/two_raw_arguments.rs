use axum::{Json, extract::Query};
use portcullis::prelude::*;

#[secure(public)]
async fn handler(_: Principal, _: Query<u8>, _: Json<u8>) {}

fn main() {}
