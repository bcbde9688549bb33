use portcullis::prelude::*;

#[secure(allow())]
async fn handler() {}

fn main() {}
