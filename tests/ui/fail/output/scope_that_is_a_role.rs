use portcullis::prelude::*;

#[derive(Output)]
struct Account {
    #[visible(any(role = "editor", scope = "user"))]
    notes: String,
}

fn main() {}
