use portcullis::prelude::*;

#[derive(Input)]
struct UserInput {
    #[garde(dive)]
    #[serde(flatten)]
    contact: Contact,
}

#[derive(Input)]
enum Contact {
    Mail(#[garde(email)] String),
    Phone(#[garde(length(max = 20))] String),
}

fn main() {}
