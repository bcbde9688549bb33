use portcullis::prelude::*;

#[secure(authenticated, get = "/files/*path")]
async fn handler() {}

fn main() {}
