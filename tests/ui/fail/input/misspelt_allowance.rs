use portcullis::prelude::*;

#[derive(Input)]
struct UserInput {
    #[garde(length(max = 300))]
    #[input(allow(newline))]
    biography: String,
}

fn main() {}
