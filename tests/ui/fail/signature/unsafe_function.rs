use portcullis::prelude::*;

#[secure(authenticated)]
async unsafe fn handler() {}

fn main() {}
