use portcullis::prelude::*;

#[secure(authenticated, body = "big")]
async fn handler() {}

fn main() {}
