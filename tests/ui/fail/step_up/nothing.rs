use portcullis::prelude::*;

#[secure(authenticated, step_up())]
async fn handler() {}

fn main() {}
