use portcullis::prelude::*;

#[derive(Input)]
struct UserInput {
    #[garde(skip)]
    #[input(unbounded = "")]
    name: String,
}

fn main() {}
