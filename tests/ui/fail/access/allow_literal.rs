use portcullis::prelude::*;

#[secure(allow("admin"))]
async fn handler() {}

fn main() {}
