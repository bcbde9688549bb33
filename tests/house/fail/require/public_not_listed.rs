use portcullis::prelude::*;

#[secure(get = "/health", public = "load balancers probe it", rate = "60/min")]
async fn handler() {}

fn main() {}
