use portcullis::prelude::*;

#[secure(authenticated, timeout = "1.5 s")]
async fn handler() {}

fn main() {}
