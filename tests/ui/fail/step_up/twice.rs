use portcullis::prelude::*;

#[secure(authenticated, step_up(mfa), step_up(max_age = "5 min"))]
async fn handler() {}

fn main() {}
