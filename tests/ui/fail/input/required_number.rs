use portcullis::prelude::*;

#[derive(Input)]
struct UserInput {
    #[garde(required)]
    age: u32,
}

fn main() {}
