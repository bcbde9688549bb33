mod billing {
    use portcullis::prelude::*;

    #[secure(get = "/billing/{id}", authenticated)]
    pub async fn handler() {}
}

fn main() {}
