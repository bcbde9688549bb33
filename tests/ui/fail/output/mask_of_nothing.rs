use portcullis::prelude::*;

#[derive(Output)]
struct Account {
    #[mask(last = 0)]
    iban: String,
}

fn main() {}
