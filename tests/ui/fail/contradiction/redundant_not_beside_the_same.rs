use portcullis::prelude::*;

#[secure(allow(any(role = "admin", all(scope = "notes:write", not(role = "admin")))))]
async fn handler() {}

fn main() {}
