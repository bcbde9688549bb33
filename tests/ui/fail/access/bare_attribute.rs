use portcullis::prelude::*;

#[secure]
async fn handler() {}

fn main() {}
