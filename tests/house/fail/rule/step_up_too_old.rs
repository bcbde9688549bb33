use portcullis::prelude::*;

#[secure(get = "/payments/{id}", authenticated, step_up(max_age = "30 min"))]
async fn handler() {}

fn main() {}
