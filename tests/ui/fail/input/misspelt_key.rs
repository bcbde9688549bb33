use portcullis::prelude::*;

#[derive(Input)]
struct UserInput {
    #[garde(skip)]
    #[input(unbound = "the importer is our own")]
    name: String,
}

fn main() {}
