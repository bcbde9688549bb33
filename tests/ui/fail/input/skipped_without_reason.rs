use portcullis::prelude::*;

#[derive(Input)]
struct UserInput {
    #[garde(skip)]
    biography: Option<String>,
}

fn main() {}
