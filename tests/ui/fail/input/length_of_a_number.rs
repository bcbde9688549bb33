use portcullis::prelude::*;

#[derive(Input)]
struct UserInput {
    #[garde(length(max = 3))]
    age: u32,
}

fn main() {}
