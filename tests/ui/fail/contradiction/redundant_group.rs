use portcullis::prelude::*;

#[secure(allow(any(role = "editor", all(role = "admin", scope = "notes:write"))))]
async fn handler() {}

fn main() {}
