use portcullis::prelude::*;

#[secure(post = "/transfers", authenticated, step_up(max_age = "5 min"))]
async fn handler() {}

fn main() {}
