use portcullis::{multipart::Multipart, prelude::*};

#[derive(Input)]
struct Nothing;

#[secure(public = "anybody may")]
async fn handler(Valid(Multipart(_)): Valid<Multipart<Nothing>>) {}

fn main() {}
