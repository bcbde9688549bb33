use portcullis::prelude::*;

#[derive(Input)]
struct UserInput {
    #[garde(dive)]
    name: String,
}

fn main() {}
