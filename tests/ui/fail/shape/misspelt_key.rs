use portcullis::prelude::*;

#[secure(athenticated)]
async fn handler() {}

fn main() {}
