use portcullis::prelude::*;

#[secure(allow(all(authenticated = true, not(role = "admin"))))]
async fn handler() {}

fn main() {}
