use portcullis::prelude::*;

#[secure(scope = ["notes:write", "reports:read"])]
async fn handler() {}

fn main() {}
