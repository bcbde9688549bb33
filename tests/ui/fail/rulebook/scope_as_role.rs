use portcullis::prelude::*;

#[secure(role = "notes:write")]
async fn handler() {}

fn main() {}
