use portcullis::prelude::*;

#[derive(Input)]
struct UserInput {
    #[garde(dive)]
    #[serde(flatten)]
    name: Option<Name>,
}

#[derive(Input)]
struct Name {
    #[garde(length(max = 20))]
    name: String,
}

fn main() {}
