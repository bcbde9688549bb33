use portcullis::prelude::*;

#[secure(allow(all(role = "user", any(scope = "reports:read", all(role = "user", scope = "notes:write")))))]
async fn handler() {}

fn main() {}
