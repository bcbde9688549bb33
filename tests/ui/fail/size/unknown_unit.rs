use portcullis::prelude::*;

#[secure(authenticated, body = "64 kbb")]
async fn handler() {}

fn main() {}
