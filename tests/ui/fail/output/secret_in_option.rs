use portcullis::prelude::*;

#[derive(Output)]
struct Account {
    passwords: Vec<Option<portcullis::Secret<String>>>,
}

fn main() {}
