use portcullis::prelude::*;
use std::collections::HashMap;

#[derive(Input)]
struct UserInput {
    #[garde(length(max = 9))]
    #[input(keys(max = 9))]
    #[serde(flatten)]
    others: HashMap<String, u32>,
}

fn main() {}
