use portcullis::prelude::*;

#[secure(get = "/health", public = "load balancers probe it")]
async fn health() {}

fn main() {}
