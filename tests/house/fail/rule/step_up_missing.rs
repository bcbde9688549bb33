use portcullis::prelude::*;

#[secure(get = "/payments/{id}", authenticated)]
async fn handler() {}

fn main() {}
