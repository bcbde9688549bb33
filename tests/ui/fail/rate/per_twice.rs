use portcullis::prelude::*;

#[secure(authenticated, rate = "5/min per ip per global")]
async fn handler() {}

fn main() {}
