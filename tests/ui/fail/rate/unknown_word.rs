use portcullis::prelude::*;

#[secure(authenticated, rate = "5/min for ip")]
async fn handler() {}

fn main() {}
