use portcullis::prelude::*;

#[secure(get = "/ping", authenticated)]
async fn handler() {}

fn main() {}
