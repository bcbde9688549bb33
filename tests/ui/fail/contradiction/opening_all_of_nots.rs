use portcullis::prelude::*;

#[secure(allow(all(not(role = "admin"), not(scope = "notes:write"))))]
async fn handler() {}

fn main() {}
