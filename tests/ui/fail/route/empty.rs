use portcullis::prelude::*;

#[secure(authenticated, get = "")]
async fn handler() {}

fn main() {}
