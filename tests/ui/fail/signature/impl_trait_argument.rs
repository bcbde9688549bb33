use portcullis::prelude::*;

#[secure(authenticated)]
async fn handler(_: impl Send) {}

fn main() {}
