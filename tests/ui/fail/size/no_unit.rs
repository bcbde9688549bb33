use portcullis::prelude::*;

#[secure(authenticated, body = "65536")]
async fn handler() {}

fn main() {}
