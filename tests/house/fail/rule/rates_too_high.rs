use portcullis::prelude::*;

#[secure(get = "/search", authenticated, rate("100/min", "5000/day"))]
async fn handler() {}

fn main() {}
