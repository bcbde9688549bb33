use portcullis::prelude::*;

#[secure(get = "/documents/{id}", authenticated)]
async fn handler() {}

fn main() {}
