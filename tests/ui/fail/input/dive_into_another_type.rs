use portcullis::prelude::*;

#[derive(serde::Deserialize, garde::Validate)]
struct Inner {
    #[garde(skip)]
    name: String,
}

#[derive(Input)]
#[input(schema = false)]
struct UserInput {
    #[garde(dive)]
    inner: Inner,
}

fn main() {}
