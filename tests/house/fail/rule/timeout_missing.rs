use portcullis::prelude::*;

#[secure(get = "/exports/all", authenticated)]
async fn handler() {}

fn main() {}
