use portcullis::prelude::*;

#[secure(allow(all(scope = "notes:write", scope = "notes:write")))]
async fn handler() {}

fn main() {}
