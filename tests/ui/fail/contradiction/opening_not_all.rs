use portcullis::prelude::*;

#[secure(allow(not(all(role = "user", scope = "notes:write"))))]
async fn handler() {}

fn main() {}
