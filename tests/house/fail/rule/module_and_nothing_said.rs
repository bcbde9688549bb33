mod admin {
    use portcullis::prelude::*;

    #[secure(role = "admin")]
    pub async fn handler() {}
}

fn main() {}
