use portcullis::prelude::*;

#[secure(authenticated, body = "99999999999999999999 GiB")]
async fn handler() {}

fn main() {}
