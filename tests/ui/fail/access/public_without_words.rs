use portcullis::prelude::*;

#[secure(public = " ")]
async fn handler() {}

fn main() {}
