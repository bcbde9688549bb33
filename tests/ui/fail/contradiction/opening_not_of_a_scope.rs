use portcullis::prelude::*;

#[secure(allow(not(scope = "notes:write")))]
async fn handler() {}

fn main() {}
