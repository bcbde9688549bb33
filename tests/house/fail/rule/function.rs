use portcullis::prelude::*;

#[secure(role = "user")]
async fn wipe() {}

fn main() {}
