use portcullis::prelude::*;

#[derive(Output)]
struct Account {
    #[mask(all)]
    #[serde(serialize_with = "write")]
    iban: String,
}

fn main() {}
