use portcullis::prelude::*;

#[derive(Output)]
#[visible(role = "admin")]
struct Account {
    notes: String,
}

fn main() {}
