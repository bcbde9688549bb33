use portcullis::prelude::*;

#[derive(Output)]
struct Notes(#[visible(role = "admin")] String);

fn main() {}
