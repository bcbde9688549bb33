use portcullis::prelude::*;

#[secure(allow(any(role = "user", not(role = "admin"))))]
async fn handler() {}

fn main() {}
