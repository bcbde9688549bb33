use portcullis::prelude::*;
use std::collections::HashSet;

#[derive(Input)]
struct UserInput {
    #[garde(length(max = 9), inner(length(max = 9)))]
    tags: HashSet<String>,
}

fn main() {}
