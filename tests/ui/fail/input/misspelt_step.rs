use portcullis::prelude::*;

#[derive(Input)]
struct UserInput {
    #[garde(length(max = 3))]
    #[input(sanitize(lowercas))]
    name: String,
}

fn main() {}
