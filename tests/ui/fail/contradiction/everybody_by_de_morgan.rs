use portcullis::prelude::*;

#[secure(allow(any(not(all(role = "user", scope = "notes:write")), scope = "notes:write")))]
async fn handler() {}

fn main() {}
