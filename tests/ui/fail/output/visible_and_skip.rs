use portcullis::prelude::*;

#[derive(Output)]
struct Account {
    #[visible(role = "admin")]
    #[serde(skip_serializing)]
    notes: String,
}

fn main() {}
