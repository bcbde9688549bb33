use portcullis::prelude::*;

#[secure(role = "zookeeper")]
async fn handler() {}

fn main() {}
