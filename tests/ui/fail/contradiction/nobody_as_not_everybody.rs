use portcullis::prelude::*;

#[secure(allow(not(any(role = "user", not(role = "admin")))))]
async fn handler() {}

fn main() {}
