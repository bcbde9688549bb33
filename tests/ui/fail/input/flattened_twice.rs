use portcullis::prelude::*;

#[derive(Input)]
struct UserInput {
    #[garde(dive)]
    #[serde(flatten)]
    name: Name,
}

#[derive(Input)]
struct Name {
    #[garde(dive)]
    #[serde(flatten)]
    inner: Inner,
}

#[derive(Input)]
struct Inner {
    #[garde(length(max = 20))]
    name: String,
}

fn main() {}
