use portcullis::prelude::*;

struct Users;

impl Users {
    #[secure(authenticated)]
    async fn list(&self) {}
}

async fn elsewhere(users: Users) {
    users.list().await;
}

fn main() {}
