use portcullis::prelude::*;

#[secure(public, step_up(mfa))]
async fn handler() {}

fn main() {}
