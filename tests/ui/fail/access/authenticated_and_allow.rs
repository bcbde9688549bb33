use portcullis::prelude::*;

#[secure(authenticated, allow(not(role = "user")))]
async fn handler() {}

fn main() {}
