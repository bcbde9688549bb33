use portcullis::prelude::*;

#[secure(authenticated, audit = "")]
async fn handler() {}

fn main() {}
