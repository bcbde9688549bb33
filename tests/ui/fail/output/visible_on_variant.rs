use portcullis::prelude::*;

#[derive(Output)]
enum Event {
    #[visible(role = "admin")]
    Deleted { by: String },
}

fn main() {}
