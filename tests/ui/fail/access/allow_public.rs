use portcullis::prelude::*;

#[secure(allow(any(public, role = "admin")))]
async fn handler() {}

fn main() {}
