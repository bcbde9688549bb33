use portcullis::prelude::*;

#[secure(authenticated = true)]
async fn handler() {}

fn main() {}
