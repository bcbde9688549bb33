use portcullis::prelude::*;

#[secure(get = "/exports/all", authenticated, timeout = "1 min")]
async fn handler() {}

fn main() {}
