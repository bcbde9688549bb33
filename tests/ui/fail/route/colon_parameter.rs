use portcullis::prelude::*;

#[secure(authenticated, get = "/users/:id")]
async fn handler() {}

fn main() {}
