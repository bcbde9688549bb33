use portcullis::prelude::*;

#[derive(Input)]
struct UserInput {
    #[garde(length(char, max = 3))]
    name: String,
}

fn main() {}
