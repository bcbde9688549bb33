use portcullis::prelude::*;

#[secure(role)]
async fn handler() {}

fn main() {}
