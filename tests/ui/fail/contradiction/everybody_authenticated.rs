use portcullis::prelude::*;

#[secure(allow(authenticated))]
async fn handler() {}

fn main() {}
