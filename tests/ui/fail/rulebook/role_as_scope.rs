use portcullis::prelude::*;

#[secure(scope = "admin")]
async fn handler() {}

fn main() {}
