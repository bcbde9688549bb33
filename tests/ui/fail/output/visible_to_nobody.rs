use portcullis::prelude::*;

#[derive(Output)]
struct Account {
    #[visible(all(role = "admin", not(role = "user")))]
    notes: String,
}

fn main() {}
