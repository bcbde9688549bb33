use portcullis::prelude::*;

#[secure(role = "admin", scope = "notes:write")]
async fn handler() {}

fn main() {}
