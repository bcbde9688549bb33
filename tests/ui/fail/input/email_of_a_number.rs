use portcullis::prelude::*;

#[derive(Input)]
struct UserInput {
    #[garde(email)]
    age: Option<u32>,
}

fn main() {}
