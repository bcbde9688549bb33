use portcullis::prelude::*;

#[derive(Input)]
struct UserInput {
    #[garde(range(max = 150), length(max = 3))]
    name: String,
}

fn main() {}
