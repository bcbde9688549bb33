use portcullis::prelude::*;

#[secure(authenticated)]
fn handler() {}

fn main() {}
