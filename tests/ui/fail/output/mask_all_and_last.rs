use portcullis::prelude::*;

#[derive(Output)]
struct Account {
    #[mask(all, last = 4)]
    iban: String,
}

fn main() {}
