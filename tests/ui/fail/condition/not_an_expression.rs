use portcullis::prelude::*;

#[secure(authenticated, when = let)]
async fn handler() {}

fn main() {}
