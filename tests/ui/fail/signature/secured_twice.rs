use portcullis::prelude::*;

#[secure(authenticated)]
#[secure(role = "admin")]
async fn handler() {}

fn main() {}
