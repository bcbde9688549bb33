use portcullis::prelude::*;

#[secure(put = "/uploads/{name}", authenticated, body = "2 MiB")]
async fn handler() {}

fn main() {}
