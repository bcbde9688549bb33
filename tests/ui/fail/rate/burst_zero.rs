use portcullis::prelude::*;

#[secure(authenticated, rate = "5/min burst 0")]
async fn handler() {}

fn main() {}
