use portcullis::prelude::*;

#[derive(Input)]
struct UserInput<'a> {
    #[garde(length(max = 20))]
    name: &'a str,
}

fn main() {}
