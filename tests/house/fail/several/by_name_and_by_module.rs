mod keys {
    use portcullis::prelude::*;

    #[secure(role = "editor", audit = "keys.rotate", rate = "100/min")]
    pub async fn rotate() {}
}

fn main() {}
