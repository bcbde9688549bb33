use portcullis::prelude::*;

#[secure(allow(any(all(role = "user", scope = "notes:write"), all(scope = "reports:read", not(role = "user")), all(scope = "notes:write", scope = "reports:read"))))]
async fn handler() {}

fn main() {}
