use portcullis::prelude::*;

#[secure(allow(all(role = "admin", not(role = "user"))))]
async fn handler() {}

fn main() {}
