use portcullis::prelude::*;

#[derive(Input)]
struct UserInput {
    #[garde(alphanumeric)]
    flag: bool,
}

fn main() {}
