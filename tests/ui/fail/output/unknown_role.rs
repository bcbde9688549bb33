use portcullis::prelude::*;

#[derive(Output)]
struct Account {
    #[visible(role = "admn")]
    notes: String,
}

fn main() {}
