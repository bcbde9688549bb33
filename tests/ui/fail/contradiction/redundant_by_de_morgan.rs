use portcullis::prelude::*;

#[secure(allow(all(role = "user", not(any(scope = "notes:write", role = "admin")), not(role = "admin"))))]
async fn handler() {}

fn main() {}
