use portcullis::prelude::*;

#[secure(allow(not(not(role = "user"))))]
async fn handler() {}

fn main() {}
