use portcullis::prelude::*;

#[derive(Input)]
struct UserInput {
    #[garde(skip)]
    pair: (u32, String),
}

fn main() {}
