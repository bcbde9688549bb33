use portcullis::prelude::*;

#[secure(get = "/{*rest}", role = "user")]
async fn handler() {}

fn main() {}
