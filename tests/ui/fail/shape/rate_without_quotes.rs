use portcullis::prelude::*;

#[secure(authenticated, rate = 5)]
async fn handler() {}

fn main() {}
