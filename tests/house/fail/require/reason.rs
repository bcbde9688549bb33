use portcullis::prelude::*;

#[secure(get = "/health", public, rate = "60/min")]
async fn health() {}

fn main() {}
