use portcullis::prelude::*;

#[derive(Input)]
#[garde(allow_unvalidated)]
struct UserInput {
    age: u8,
}

fn main() {}
