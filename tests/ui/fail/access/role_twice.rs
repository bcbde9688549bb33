use portcullis::prelude::*;

#[secure(role = "user", role = "admin")]
async fn handler() {}

fn main() {}
