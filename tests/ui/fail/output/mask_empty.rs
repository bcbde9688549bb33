use portcullis::prelude::*;

#[derive(Output)]
struct Account {
    #[mask]
    iban: String,
}

fn main() {}
