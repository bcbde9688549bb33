use portcullis::prelude::*;

#[derive(Input)]
struct UserInput {
    #[garde(range(min = 18, max = 8))]
    age: u8,
}

fn main() {}
