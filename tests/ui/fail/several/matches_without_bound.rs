use portcullis::prelude::*;

#[derive(Input)]
struct UserInput {
    #[garde(matches(again))]
    password: String,
    #[garde(matches(password))]
    again: String,
}

fn main() {}
