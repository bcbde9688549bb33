use portcullis::prelude::*;

#[derive(Output)]
struct Account {
    name: String,
    password: Secret<String>,
}

fn main() {}
