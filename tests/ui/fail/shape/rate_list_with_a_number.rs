use portcullis::prelude::*;

#[secure(authenticated, rate("5/min", 100))]
async fn handler() {}

fn main() {}
