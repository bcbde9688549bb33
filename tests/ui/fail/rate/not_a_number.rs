use portcullis::prelude::*;

#[secure(authenticated, rate = "five/min")]
async fn handler() {}

fn main() {}
