use portcullis::prelude::*;

#[secure(authenticated)]
async fn handler(_: ...) {}

fn main() {}
