use portcullis::prelude::*;

#[secure(scope = "reports:reed")]
fn handler(_: impl Send) {}

fn main() {}
