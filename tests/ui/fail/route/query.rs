use portcullis::prelude::*;

#[secure(authenticated, get = "/users?page={page}")]
async fn handler() {}

fn main() {}
