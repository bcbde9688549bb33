use portcullis::prelude::*;

#[secure(authenticated, get = "/range/{from}-{to}")]
async fn handler() {}

fn main() {}
