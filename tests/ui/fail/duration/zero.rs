use portcullis::prelude::*;

#[secure(authenticated, timeout = "0 s")]
async fn handler() {}

fn main() {}
