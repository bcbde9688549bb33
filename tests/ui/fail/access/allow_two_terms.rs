use portcullis::prelude::*;

#[secure(allow(role = "admin", scope = "notes:write"))]
async fn handler() {}

fn main() {}
