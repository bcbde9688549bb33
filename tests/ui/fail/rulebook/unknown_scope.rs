use portcullis::prelude::*;

#[secure(scope = "payments")]
async fn handler() {}

fn main() {}
