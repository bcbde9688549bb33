use portcullis::prelude::*;

type Names = Vec<String>;

#[derive(Input)]
struct UserInput {
    #[garde(length(max = 9))]
    names: Names,
}

fn main() {}
