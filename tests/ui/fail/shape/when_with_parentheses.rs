use portcullis::prelude::*;

#[secure(authenticated, when(true))]
async fn handler() {}

fn main() {}
