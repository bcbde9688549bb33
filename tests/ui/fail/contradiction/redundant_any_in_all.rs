use portcullis::prelude::*;

#[secure(allow(all(role = "admin", any(role = "editor", scope = "notes:write"))))]
async fn handler() {}

fn main() {}
