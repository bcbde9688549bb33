use portcullis::prelude::*;

#[derive(Output)]
struct Account {
    #[visible(roles = "admin")]
    notes: String,
}

fn main() {}
