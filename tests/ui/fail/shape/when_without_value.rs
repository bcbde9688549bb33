use portcullis::prelude::*;

#[secure(authenticated, when)]
async fn handler() {}

fn main() {}
