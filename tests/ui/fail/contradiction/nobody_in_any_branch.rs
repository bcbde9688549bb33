use portcullis::prelude::*;

#[secure(allow(any(role = "admin", all(scope = "notes:write", role = "editor", not(role = "user")))))]
async fn handler() {}

fn main() {}
