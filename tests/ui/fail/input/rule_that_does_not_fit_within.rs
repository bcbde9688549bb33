use portcullis::prelude::*;

#[derive(Input)]
struct UserInput {
    #[garde(length(max = 9), inner(range(max = 9)))]
    tags: Vec<String>,
}

fn main() {}
