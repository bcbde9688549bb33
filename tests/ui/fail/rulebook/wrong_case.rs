use portcullis::prelude::*;

#[secure(role = "Admin")]
async fn handler() {}

fn main() {}
