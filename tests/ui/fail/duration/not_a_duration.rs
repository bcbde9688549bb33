use portcullis::prelude::*;

#[secure(authenticated, timeout = "soon")]
async fn handler() {}

fn main() {}
