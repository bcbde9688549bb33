use portcullis::prelude::*;

#[secure(authenticated, unvalidated)]
async fn handler() {}

fn main() {}
