use portcullis::prelude::*;

#[secure(authenticated)]
const fn handler() {}

fn main() {}
