use portcullis::prelude::*;

fn security() {
    let _ = Security::builder(rule_book!("security.toml"));
}

fn main() {}
