use portcullis::prelude::*;

#[secure(authenticated, get = "/files/{*path}/raw")]
async fn handler() {}

fn main() {}
