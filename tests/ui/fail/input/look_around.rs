use portcullis::prelude::*;

#[derive(Input)]
struct UserInput {
    #[garde(length(max = 20), pattern(r"^(?!admin)[a-z]+$"))]
    name: String,
}

fn main() {}
