use portcullis::prelude::*;

#[secure(authenticated)]
async fn users() {}

mod users {}

fn main() {}
