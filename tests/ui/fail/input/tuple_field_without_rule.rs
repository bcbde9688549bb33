use portcullis::prelude::*;

#[derive(Input)]
struct Name(String);

fn main() {}
