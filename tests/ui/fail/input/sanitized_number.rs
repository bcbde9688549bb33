use portcullis::prelude::*;

#[derive(Input)]
struct UserInput {
    #[garde(range(max = 150))]
    #[input(sanitize(trim))]
    age: u8,
}

fn main() {}
