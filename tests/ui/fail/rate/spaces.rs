use portcullis::prelude::*;

#[secure(authenticated, rate = "5 / min")]
async fn handler() {}

fn main() {}
