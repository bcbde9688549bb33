use axum::extract::RawForm;
use portcullis::prelude::*;

#[secure(authenticated)]
async fn handler(_: RawForm) {}

fn main() {}
