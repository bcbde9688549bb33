use portcullis::prelude::*;

#[secure(allow = any(role = "admin"))]
async fn handler() {}

fn main() {}
