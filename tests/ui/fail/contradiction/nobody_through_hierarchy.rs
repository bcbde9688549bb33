use portcullis::prelude::*;

#[secure(allow(all(role = "editor", not(any(role = "user", scope = "reports:read")))))]
async fn handler() {}

fn main() {}
