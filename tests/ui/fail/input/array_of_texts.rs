use portcullis::prelude::*;

#[derive(Input)]
struct UserInput {
    #[garde(skip)]
    names: [String; 2],
}

fn main() {}
