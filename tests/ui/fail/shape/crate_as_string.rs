use portcullis::prelude::*;

#[secure(authenticated, crate = "portcullis")]
async fn handler() {}

fn main() {}
