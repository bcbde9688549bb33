use axum::extract::Query;
use portcullis::prelude::*;

#[secure(authenticated)]
async fn handler(_: Query<u8>, _: Principal) {}

fn main() {}
