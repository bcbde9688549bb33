use portcullis::prelude::*;

#[secure(role = "usr")]
async fn first() {}

#[secure(authenticated, timeout = "5 mim")]
async fn second() {}

fn main() {}
