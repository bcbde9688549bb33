use portcullis::prelude::*;

#[secure(authenticated)]
impl Handlers {}

struct Handlers;

fn main() {}
