use portcullis::prelude::*;

#[secure(public)]
async fn handler(_: (axum::http::Method, Principal)) {}

fn main() {}
