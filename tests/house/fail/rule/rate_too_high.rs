use portcullis::prelude::*;

#[secure(get = "/search", authenticated, rate = "100/min")]
async fn handler() {}

fn main() {}
