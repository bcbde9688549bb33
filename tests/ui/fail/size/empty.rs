use portcullis::prelude::*;

#[secure(authenticated, body = "")]
async fn handler() {}

fn main() {}
