use portcullis::prelude::*;

#[derive(Input)]
union Either {
    number: u32,
    truth: bool,
}

fn main() {}
