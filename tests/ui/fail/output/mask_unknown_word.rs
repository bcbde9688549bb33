use portcullis::prelude::*;

#[derive(Output)]
struct Account {
    #[mask(lst = 4)]
    iban: String,
}

fn main() {}
