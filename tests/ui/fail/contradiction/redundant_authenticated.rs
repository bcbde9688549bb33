use portcullis::prelude::*;

#[secure(allow(all(authenticated, role = "user")))]
async fn handler() {}

fn main() {}
