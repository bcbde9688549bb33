use portcullis::prelude::*;

#[secure(authenticated, get = "/users", get = "/people")]
async fn handler() {}

fn main() {}
