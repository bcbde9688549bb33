use portcullis::prelude::*;

#[secure(authenticated, audit = "patient read")]
async fn handler() {}

fn main() {}
