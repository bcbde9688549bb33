use portcullis::prelude::*;

#[secure(get = "/internal/queue", public = "it only counts")]
async fn handler() {}

fn main() {}
