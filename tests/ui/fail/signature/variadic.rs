use portcullis::prelude::*;

#[secure(authenticated)]
unsafe extern "C" fn handler(_: ...) {}

fn main() {}
