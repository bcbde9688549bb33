use portcullis::prelude::*;

#[secure(authenticated, rate("5/min", "10/min per principal"))]
async fn handler() {}

fn main() {}
