use portcullis::prelude::*;

#[derive(Output)]
struct Account {
    #[visible = "admin"]
    notes: String,
}

fn main() {}
