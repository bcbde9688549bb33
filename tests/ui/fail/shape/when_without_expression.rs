use portcullis::prelude::*;

#[secure(authenticated, when = , rate = "5/min")]
async fn handler() {}

fn main() {}
