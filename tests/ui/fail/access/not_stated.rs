use portcullis::prelude::*;

#[secure(rate = "5/min")]
async fn handler() {}

fn main() {}
