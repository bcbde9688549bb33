use portcullis::prelude::*;

#[secure(authenticated, get = "/users/{}")]
async fn handler() {}

fn main() {}
