use portcullis::prelude::*;

#[derive(Output)]
struct Account {
    #[visible(role = "admin")]
    #[mask(all)]
    parts: (String, String),
}

fn main() {}
