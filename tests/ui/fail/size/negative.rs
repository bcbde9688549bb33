use portcullis::prelude::*;

#[secure(authenticated, body = "-1 B")]
async fn handler() {}

fn main() {}
