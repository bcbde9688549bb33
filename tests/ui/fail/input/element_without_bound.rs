use portcullis::prelude::*;

#[derive(Input)]
struct Tags {
    #[garde(length(max = 20))]
    tags: Vec<String>,
}

fn main() {}
