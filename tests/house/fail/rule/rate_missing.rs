use portcullis::prelude::*;

#[secure(get = "/search", authenticated)]
async fn handler() {}

fn main() {}
