use portcullis::prelude::*;

#[secure(allow(any(scope = "notes:write", role = "admin", not(scope = "notes:write"))))]
async fn handler() {}

fn main() {}
