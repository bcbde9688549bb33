use portcullis::prelude::*;

#[secure(allow(any(role = "editor", not(role = "editor"))))]
async fn handler() {}

fn main() {}
