use portcullis::prelude::*;

#[secure(authenticated, timeout = "10")]
async fn handler() {}

fn main() {}
