use portcullis::prelude::*;

#[secure(authenticated)]
async fn handler<B: Send>(_: Option<B>) {}

fn main() {}
