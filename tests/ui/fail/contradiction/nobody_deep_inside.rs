use portcullis::prelude::*;

#[secure(allow(all(scope = "notes:write", any(all(role = "editor", not(role = "user"))))))]
async fn handler() {}

fn main() {}
