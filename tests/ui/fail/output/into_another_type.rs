use portcullis::prelude::*;

#[derive(Output, Clone)]
#[serde(into = "String")]
struct Notes {
    #[mask(all)]
    notes: String,
}

fn main() {}
