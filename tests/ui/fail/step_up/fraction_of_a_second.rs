use portcullis::prelude::*;

#[secure(authenticated, step_up(max_age = "1500 ms"))]
async fn handler() {}

fn main() {}
