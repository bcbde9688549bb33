use portcullis::prelude::*;

#[secure(role = "admin" rate = "5/min")]
async fn handler() {}

fn main() {}
