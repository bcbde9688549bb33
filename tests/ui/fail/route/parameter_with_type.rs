use portcullis::prelude::*;

#[secure(authenticated, get = "/users/{id:u64}")]
async fn handler() {}

fn main() {}
