use portcullis::prelude::*;

#[secure(post = "/notes", authenticated)]
async fn handler() {}

fn main() {}
