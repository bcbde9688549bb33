use portcullis::prelude::*;

#[derive(Input)]
struct UserInput {
    #[garde(length(max = 9), pattern("^[a-z]+$"))]
    tags: Vec<String>,
}

fn main() {}
