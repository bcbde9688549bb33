use portcullis::prelude::*;

#[secure(authenticated, pots = "/users")]
async fn handler() {}

fn main() {}
