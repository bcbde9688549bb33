use portcullis::prelude::*;

#[secure(authenticated, rate("5/min", "100/hr per ip"))]
async fn handler() {}

fn main() {}
