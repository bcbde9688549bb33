use portcullis::prelude::*;

#[secure(scope = "note:write")]
async fn handler() {}

fn main() {}
