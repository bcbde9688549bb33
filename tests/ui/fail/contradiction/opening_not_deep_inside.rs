use portcullis::prelude::*;

#[secure(allow(any(role = "admin", all(not(role = "editor"), any(scope = "notes:write", not(scope = "reports:read"))))))]
async fn handler() {}

fn main() {}
