use portcullis::prelude::*;

#[secure(authenticated, step_up(mfa = true))]
async fn handler() {}

fn main() {}
