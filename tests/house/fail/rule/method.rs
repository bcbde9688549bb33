use portcullis::prelude::*;

#[secure(delete = "/notes/{id}", authenticated)]
async fn handler() {}

fn main() {}
