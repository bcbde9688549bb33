use portcullis::prelude::*;

#[derive(Input)]
struct UserInput {
    #[garde(inner(length(max = 9)))]
    name: String,
}

fn main() {}
