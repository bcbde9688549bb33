use portcullis::prelude::*;

#[derive(Input)]
struct Tags {
    #[garde(inner(length(max = 20)))]
    tags: Vec<String>,
}

fn main() {}
