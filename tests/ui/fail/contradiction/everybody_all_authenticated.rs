use portcullis::prelude::*;

#[secure(allow(all(authenticated)))]
async fn handler() {}

fn main() {}
