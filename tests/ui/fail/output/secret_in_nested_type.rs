use portcullis::prelude::*;

struct Login {
    password: Secret<String>,
}

#[derive(Output)]
struct Account {
    login: Login,
}

fn main() {}
