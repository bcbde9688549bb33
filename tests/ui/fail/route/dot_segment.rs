use portcullis::prelude::*;

#[secure(authenticated, get = "/files/../users")]
async fn handler() {}

fn main() {}
