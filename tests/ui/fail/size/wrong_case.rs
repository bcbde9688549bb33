use portcullis::prelude::*;

#[secure(authenticated, body = "64 kib")]
async fn handler() {}

fn main() {}
