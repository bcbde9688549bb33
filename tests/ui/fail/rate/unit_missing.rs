use portcullis::prelude::*;

#[secure(authenticated, rate = "5/15")]
async fn handler() {}

fn main() {}
