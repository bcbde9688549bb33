use portcullis::{Cookie, prelude::*};

#[derive(Input)]
struct Pair(#[garde(range(max = 9))] u8, #[garde(range(max = 9))] u8);

#[secure(public = "anybody may")]
async fn handler(Valid(Cookie(_)): Valid<Cookie<Pair>>) {}

fn main() {}
