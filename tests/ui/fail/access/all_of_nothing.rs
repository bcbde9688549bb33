use portcullis::prelude::*;

#[secure(allow(all(role = "admin", all())))]
async fn handler() {}

fn main() {}
