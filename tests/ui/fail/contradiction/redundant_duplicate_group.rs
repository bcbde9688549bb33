use portcullis::prelude::*;

#[secure(allow(any(all(role = "user", scope = "notes:write"), all(scope = "notes:write", role = "user"))))]
async fn handler() {}

fn main() {}
