use portcullis::prelude::*;

struct User;

#[secure(authenticated)]
async fn handler() -> User {
    User
}

fn main() {}
