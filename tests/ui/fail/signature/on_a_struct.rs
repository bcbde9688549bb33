use portcullis::prelude::*;

#[secure(authenticated)]
struct Handler;

fn main() {}
