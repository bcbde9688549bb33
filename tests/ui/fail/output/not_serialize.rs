use portcullis::prelude::*;

struct Address;

#[derive(Output)]
struct Account {
    address: Option<Address>,
}

fn main() {}
