use portcullis::prelude::*;

#[derive(Output)]
struct Account {
    #[visible(role = "admin")]
    pair: (String, Secret<String>),
}

fn main() {}
