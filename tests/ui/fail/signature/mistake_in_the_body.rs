use portcullis::prelude::*;

#[secure(authenticated)]
async fn handler() -> &'static str {
    let number: u32 = "five";
    drop(number);
    "ok"
}

fn main() {}
