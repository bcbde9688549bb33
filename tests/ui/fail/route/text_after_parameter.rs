use portcullis::prelude::*;

#[secure(authenticated, get = "/files/{name}.json")]
async fn handler() {}

fn main() {}
