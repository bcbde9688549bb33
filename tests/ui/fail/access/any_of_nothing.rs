use portcullis::prelude::*;

#[secure(allow(any()))]
async fn handler() {}

fn main() {}
