use portcullis::prelude::*;

#[secure(authenticated)]
async extern "C" fn handler() {}

fn main() {}
