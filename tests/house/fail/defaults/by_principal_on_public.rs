use portcullis::prelude::*;

#[secure(public = "load balancers probe it")]
async fn handler() {}

fn main() {}
