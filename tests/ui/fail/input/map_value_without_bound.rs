use portcullis::prelude::*;
use std::collections::BTreeMap;

#[derive(Input)]
struct Labels {
    #[garde(length(max = 20))]
    #[input(keys(max = 20))]
    labels: BTreeMap<String, String>,
}

fn main() {}
