use portcullis::prelude::*;

type Pair = (u32, String);

#[derive(Input)]
struct UserInput {
    #[garde(skip)]
    pair: Pair,
}

fn main() {}
