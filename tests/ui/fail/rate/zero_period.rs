use portcullis::prelude::*;

#[secure(authenticated, rate = "5/0s")]
async fn handler() {}

fn main() {}
