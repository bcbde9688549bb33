use portcullis::prelude::*;

type Name = String;

#[derive(Input)]
struct UserInput {
    #[garde(length(max = 9), range(max = 9))]
    name: Name,
}

fn main() {}
