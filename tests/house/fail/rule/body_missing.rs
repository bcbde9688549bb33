use portcullis::prelude::*;

#[secure(put = "/uploads/{name}", authenticated)]
async fn handler() {}

fn main() {}
