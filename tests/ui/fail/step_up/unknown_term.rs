use portcullis::prelude::*;

#[secure(authenticated, step_up(max_aeg = "5 min"))]
async fn handler() {}

fn main() {}
