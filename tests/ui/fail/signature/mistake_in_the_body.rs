use portcullis::prelude::*;

#[secure(authenticated)]
async fn handler() -> &'static str {
    let answer: u32 = "ok";
    answer
}

fn main() {}
