use portcullis::prelude::*;
use std::collections::HashMap;

#[derive(Input)]
struct UserInput {
    #[garde(length(max = 9))]
    counts: HashMap<String, u32>,
}

fn main() {}
