mod admin {
    use portcullis::prelude::*;

    #[secure(role = "admin", rate = "61/min")]
    pub async fn handler() {}
}

fn main() {}
