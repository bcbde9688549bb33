use portcullis::prelude::*;

#[secure(public = "load balancers probe it", role = "admin")]
async fn handler() {}

fn main() {}
