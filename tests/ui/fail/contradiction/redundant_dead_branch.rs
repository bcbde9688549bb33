use portcullis::prelude::*;

#[secure(allow(all(role = "admin", any(scope = "reports:read", all(scope = "notes:write", not(role = "user"))))))]
async fn handler() {}

fn main() {}
