use portcullis::prelude::*;

#[secure(allow(not(all(role = "admin", not(role = "user")))))]
async fn handler() {}

fn main() {}
