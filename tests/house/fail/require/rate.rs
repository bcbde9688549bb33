use portcullis::prelude::*;

#[secure(get = "/users", role = "user")]
async fn handler() {}

fn main() {}
