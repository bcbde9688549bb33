use portcullis::prelude::*;

#[secure(authenticated, timeout = "367 days")]
async fn handler() {}

fn main() {}
