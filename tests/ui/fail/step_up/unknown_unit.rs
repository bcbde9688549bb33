use portcullis::prelude::*;

#[secure(authenticated, step_up(max_age = "5 mim"))]
async fn handler() {}

fn main() {}
