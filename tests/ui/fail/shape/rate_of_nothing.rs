use portcullis::prelude::*;

#[secure(authenticated, rate())]
async fn handler() {}

fn main() {}
