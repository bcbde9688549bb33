use portcullis::prelude::*;

#[secure(get = "/{tenant}/users", role = "user")]
async fn handler() {}

fn main() {}
