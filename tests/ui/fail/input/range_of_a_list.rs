use portcullis::prelude::*;

#[derive(Input)]
struct UserInput {
    #[garde(length(max = 9), range(max = 150))]
    numbers: Vec<u32>,
}

fn main() {}
