use portcullis::prelude::*;

#[secure(allow(any(all(authenticated, not(role = "user")), not(scope = "notes:write"))))]
async fn handler() {}

fn main() {}
