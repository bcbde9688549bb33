use portcullis::prelude::*;

#[derive(Input)]
#[serde(remote = "Other")]
struct UserInput {
    #[garde(range(max = 150))]
    age: u8,
}

fn main() {}
