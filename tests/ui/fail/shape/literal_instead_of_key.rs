use portcullis::prelude::*;

#[secure("admin")]
async fn handler() {}

fn main() {}
