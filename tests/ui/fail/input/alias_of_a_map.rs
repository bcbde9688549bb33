use portcullis::prelude::*;

type Counts = std::collections::HashMap<String, u32>;

#[derive(Input)]
struct UserInput {
    #[garde(length(max = 9))]
    counts: Counts,
}

fn main() {}
