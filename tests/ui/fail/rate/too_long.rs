use portcullis::prelude::*;

#[secure(authenticated, rate = "5/367days")]
async fn handler() {}

fn main() {}
