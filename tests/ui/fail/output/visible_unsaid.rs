use portcullis::prelude::*;

#[derive(Output)]
struct Account {
    #[visible(not(role = "user"))]
    notes: String,
}

fn main() {}
