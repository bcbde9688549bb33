use portcullis::prelude::*;

#[secure(authenticated, get = "/my%20files")]
async fn handler() {}

fn main() {}
