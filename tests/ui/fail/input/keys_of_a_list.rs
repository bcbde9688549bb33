use portcullis::prelude::*;

#[derive(Input)]
struct UserInput {
    #[garde(length(max = 9))]
    #[input(keys(max = 9))]
    numbers: Vec<u32>,
}

fn main() {}
