use portcullis::prelude::*;

struct Users;

impl Users {
    #[secure(authenticated)]
    async fn list(self) {}
}

fn main() {}
