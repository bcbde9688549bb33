use portcullis::prelude::*;

#[secure(authenticated, rate = "5/min per")]
async fn handler() {}

fn main() {}
