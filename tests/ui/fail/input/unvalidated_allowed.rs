use portcullis::prelude::*;

#[derive(Input)]
#[garde(allow_unvalidated)]
struct UserInput {
    #[garde(range(max = 150))]
    age: u8,
}

fn main() {}
