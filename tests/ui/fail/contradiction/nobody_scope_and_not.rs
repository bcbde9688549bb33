use portcullis::prelude::*;

#[secure(allow(all(scope = "notes:write", not(scope = "notes:write"))))]
async fn handler() {}

fn main() {}
