use portcullis::prelude::*;

#[secure(allow(all(scope = "notes:write", any(role = "user", not(role = "editor")))))]
async fn handler() {}

fn main() {}
