use portcullis::prelude::*;

#[derive(Output)]
struct Account {
    #[mask(all)]
    ibans: std::collections::BTreeMap<String, String>,
}

fn main() {}
