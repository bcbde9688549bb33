use portcullis::prelude::*;

#[secure(authenticated, timeout = "5 mim")]
async fn handler() {}

fn main() {}
