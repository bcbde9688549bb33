use portcullis::prelude::*;

#[secure(allow(any(role = "admin", not(role = "user"))))]
async fn handler() {}

fn main() {}
