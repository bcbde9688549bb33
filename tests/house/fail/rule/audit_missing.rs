use portcullis::prelude::*;

#[secure(get = "/patients/{id}", authenticated)]
async fn handler() {}

fn main() {}
