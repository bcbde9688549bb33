use portcullis::prelude::*;

#[secure(get = "/payments/{id}", authenticated, step_up(mfa))]
async fn handler() {}

fn main() {}
