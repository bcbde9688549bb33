use portcullis::prelude::*;

#[secure(public = "it only counts")]
async fn metrics() {}

fn main() {}
