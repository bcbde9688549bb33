use portcullis::prelude::*;

#[secure(authenticated)]
async fn handler(_: String) {}

fn main() {}
