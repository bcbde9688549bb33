use portcullis::prelude::*;

#[secure(allow(all(authenticated, any(role = "admin", all(authenticated, not(role = "user"))))))]
async fn handler() {}

fn main() {}
