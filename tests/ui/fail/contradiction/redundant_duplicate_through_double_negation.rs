use portcullis::prelude::*;

#[secure(allow(all(role = "user", not(not(role = "user")))))]
async fn handler() {}

fn main() {}
