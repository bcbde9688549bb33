use portcullis::prelude::*;

#[secure(allow(all(scope = "notes:write", any(scope = "reports:read", all(role = "editor", role = "user")))))]
async fn handler() {}

fn main() {}
