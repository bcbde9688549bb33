use portcullis::prelude::*;

#[secure(r#role = "admin")]
async fn handler() {}

fn main() {}
