use portcullis::prelude::*;

#[derive(Output)]
#[serde(transparent)]
struct Notes {
    #[visible(role = "admin")]
    notes: String,
}

fn main() {}
