use portcullis::prelude::*;

#[secure(get = "/admin", authenticated)]
async fn handler() {}

fn main() {}
