use portcullis::prelude::*;

#[secure(public, unvalidated = "a webhook checks its signature")]
async fn handler(_: Principal, _: String) {}

fn main() {}
