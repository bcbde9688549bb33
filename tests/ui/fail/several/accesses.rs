use portcullis::prelude::*;

#[secure(public, authenticated, role = "admin")]
async fn handler() {}

fn main() {}
