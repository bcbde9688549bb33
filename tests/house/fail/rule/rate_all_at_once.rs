use portcullis::prelude::*;

#[secure(get = "/search", authenticated, rate = "1000/day")]
async fn handler() {}

fn main() {}
