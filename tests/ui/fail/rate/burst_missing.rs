use portcullis::prelude::*;

#[secure(authenticated, rate = "5/min burst")]
async fn handler() {}

fn main() {}
