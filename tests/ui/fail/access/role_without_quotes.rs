use portcullis::prelude::*;

#[secure(role = admin)]
async fn handler() {}

fn main() {}
