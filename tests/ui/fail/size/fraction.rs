use portcullis::prelude::*;

#[secure(authenticated, body = "1.5 MiB")]
async fn handler() {}

fn main() {}
