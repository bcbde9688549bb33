use portcullis::prelude::*;

#[secure(authenticated, rate = "0/min")]
async fn handler() {}

fn main() {}
