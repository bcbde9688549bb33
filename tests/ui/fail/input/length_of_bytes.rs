use portcullis::prelude::*;

#[derive(Input)]
struct UserInput {
    #[garde(length(max = 3))]
    data: axum::body::Bytes,
}

fn main() {}
