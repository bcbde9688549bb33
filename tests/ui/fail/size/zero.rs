use portcullis::prelude::*;

#[secure(authenticated, body = "0 B")]
async fn handler() {}

fn main() {}
