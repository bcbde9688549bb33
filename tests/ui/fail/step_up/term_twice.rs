use portcullis::prelude::*;

#[secure(authenticated, step_up(mfa, mfa))]
async fn handler() {}

fn main() {}
