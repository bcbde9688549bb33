use portcullis::prelude::*;

trait Users {
    #[secure(authenticated)]
    async fn list();
}

fn main() {}
