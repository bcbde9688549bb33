use portcullis::prelude::*;

#[secure(authenticated, timeout = " ")]
async fn handler() {}

fn main() {}
