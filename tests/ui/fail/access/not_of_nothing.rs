use portcullis::prelude::*;

#[secure(allow(not()))]
async fn handler() {}

fn main() {}
