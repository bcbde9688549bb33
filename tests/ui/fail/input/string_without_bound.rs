use portcullis::prelude::*;

#[derive(Input)]
struct UserInput {
    #[garde(alphanumeric)]
    username: String,
}

fn main() {}
