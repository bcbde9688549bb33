use portcullis::prelude::*;

type Name = String;

#[derive(Input)]
struct UserInput {
    #[garde(length(min = 1))]
    username: Name,
}

fn main() {}
