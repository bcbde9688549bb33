use portcullis::prelude::*;

#[derive(Input)]
struct UserInput {
    #[garde(length(max = 20), pattern("[a-z"))]
    name: String,
}

fn main() {}
