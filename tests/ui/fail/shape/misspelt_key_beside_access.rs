use portcullis::prelude::*;

#[secure(authenticated, tiemout = "10 s")]
async fn handler() {}

fn main() {}
