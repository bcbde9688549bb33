use portcullis::prelude::*;

#[derive(Output)]
struct Account {
    #[visible(role = "editor")]
    #[visible(scope = "reports:read")]
    notes: String,
}

fn main() {}
