use portcullis::prelude::*;

#[secure(authenticated, when = 5)]
async fn handler() {}

fn main() {}
