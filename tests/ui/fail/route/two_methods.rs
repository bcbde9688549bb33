use portcullis::prelude::*;

#[secure(authenticated, get = "/users", post = "/users")]
async fn handler() {}

fn main() {}
