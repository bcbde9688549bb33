use portcullis::prelude::*;

#[secure(authenticated, step_up = "5 min")]
async fn handler() {}

fn main() {}
