use portcullis::prelude::*;

#[derive(Input)]
struct UserInput {
    #[garde(lenght(max = 20))]
    name: String,
}

fn main() {}
