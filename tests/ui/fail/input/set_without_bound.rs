use portcullis::prelude::*;
use std::collections::BTreeSet;

#[derive(Input)]
struct UserInput {
    #[garde(length(max = 9))]
    tags: BTreeSet<String>,
}

fn main() {}
