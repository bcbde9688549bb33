use portcullis::prelude::*;

#[secure(public)]
async fn handler(_: portcullis::Principal) {}

fn main() {}
