use portcullis::prelude::*;

#[secure(authenticated, timeout("10 s"))]
async fn handler() {}

fn main() {}
