use portcullis::prelude::*;

type Password = Secret<String>;

#[derive(Output)]
enum Account {
    Local { password: Password },
}

fn main() {}
