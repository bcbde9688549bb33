use portcullis::prelude::*;

#[secure(authenticated)]
mod handlers {}

fn main() {}
