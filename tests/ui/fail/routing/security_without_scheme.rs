use portcullis::prelude::*;

fn security() -> Security {
    Security::builder(rule_book!()).build().unwrap()
}

fn main() {}
