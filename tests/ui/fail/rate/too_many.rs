use portcullis::prelude::*;

#[secure(authenticated, rate = "4294967296/s")]
async fn handler() {}

fn main() {}
