use portcullis::prelude::*;

#[secure(allow(not(authenticated)))]
async fn handler() {}

fn main() {}
