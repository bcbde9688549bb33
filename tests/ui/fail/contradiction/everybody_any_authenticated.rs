use portcullis::prelude::*;

#[secure(allow(any(authenticated, role = "admin")))]
async fn handler() {}

fn main() {}
