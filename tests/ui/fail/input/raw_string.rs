use portcullis::prelude::*;

#[derive(Input)]
struct UserInput {
    username: String,
    #[garde(range(max = 150))]
    age: u8,
}

fn main() {}
