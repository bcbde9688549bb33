use portcullis::prelude::*;

#[secure(role = "user")]
async fn handler() {}

fn main() {}
