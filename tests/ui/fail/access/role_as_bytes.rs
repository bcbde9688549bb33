use portcullis::prelude::*;

#[secure(role = b"admin")]
async fn handler() {}

fn main() {}
