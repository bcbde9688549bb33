use portcullis::prelude::*;

#[secure(authenticated, rate = "/min")]
async fn handler() {}

fn main() {}
