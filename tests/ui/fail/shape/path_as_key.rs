use portcullis::prelude::*;

#[secure(portcullis::role = "admin")]
async fn handler() {}

fn main() {}
