use portcullis::prelude::*;

#[secure(allow(all(role = "user", not(any(role = "admin", role = "editor")))))]
async fn handler() {}

fn main() {}
