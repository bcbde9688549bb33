use portcullis::prelude::*;

#[secure(allow(all(any(role = "user", scope = "notes:write"), not(role = "user"), not(scope = "notes:write"))))]
async fn handler() {}

fn main() {}
