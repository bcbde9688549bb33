use portcullis::prelude::*;

#[secure(role = concat!("ad", "min"))]
async fn handler() {}

fn main() {}
