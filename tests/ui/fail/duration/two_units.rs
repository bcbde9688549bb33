use portcullis::prelude::*;

#[secure(authenticated, timeout = "1 min 30 s")]
async fn handler() {}

fn main() {}
