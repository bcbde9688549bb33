use portcullis::prelude::*;

#[secure(authenticated, get = "/cafés")]
async fn handler() {}

fn main() {}
