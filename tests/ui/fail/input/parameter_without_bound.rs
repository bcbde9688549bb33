use portcullis::prelude::*;

#[derive(Input)]
struct UserInput<T = String> {
    #[garde(skip)]
    name: T,
}

fn main() {}
