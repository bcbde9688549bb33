mod keys {
    use portcullis::prelude::*;

    #[secure(role = "editor")]
    pub async fn handler() {}
}

fn main() {}
