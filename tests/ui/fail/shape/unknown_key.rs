use portcullis::prelude::*;

#[secure(role = "admin", colour = "red")]
async fn handler() {}

fn main() {}
