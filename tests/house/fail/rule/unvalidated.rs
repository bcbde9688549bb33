use portcullis::prelude::*;

#[secure(post = "/hooks/{provider}", authenticated, unvalidated = "the signature is checked in the handler")]
async fn handler(_: String) {}

fn main() {}
