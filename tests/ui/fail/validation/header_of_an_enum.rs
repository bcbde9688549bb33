use portcullis::{Header, prelude::*};

#[derive(Input)]
enum Language {
    De,
    En,
}

#[secure(public = "anybody may")]
async fn handler(Valid(Header(_)): Valid<Header<Language>>) {}

fn main() {}
