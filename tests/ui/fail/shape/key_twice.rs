use portcullis::prelude::*;

#[secure(authenticated, body = "1 MiB", body = "2 MiB")]
async fn handler() {}

fn main() {}
