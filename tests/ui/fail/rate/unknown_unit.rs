use portcullis::prelude::*;

#[secure(authenticated, rate = "5/mim")]
async fn handler() {}

fn main() {}
