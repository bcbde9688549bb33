// FastAPI: what the handler returns is sent, the password with it, unless somebody thinks of a `response_model`.
use portcullis::prelude::*;

#[derive(Output)]
struct Account {
    name: String,
    password: Secret<String>,
}

fn main() {}
