use portcullis::prelude::*;

#[secure(allow(any(role = "admin", role = "user")))]
async fn handler() {}

fn main() {}
