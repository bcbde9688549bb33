use portcullis::prelude::*;

#[secure(allow(all(role = "editor", role = "user")))]
async fn handler() {}

fn main() {}
