use portcullis::prelude::*;

#[derive(Input)]
struct UserInput {
    #[garde(length(chars, min = 30, max = 3))]
    name: String,
}

fn main() {}
