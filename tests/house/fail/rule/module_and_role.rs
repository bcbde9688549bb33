mod admin {
    use portcullis::prelude::*;

    #[secure(role = "editor", rate = "60/min")]
    pub async fn handler() {}
}

mod notes {
    use portcullis::prelude::*;

    #[secure(role = "editor")]
    pub async fn handler() {}
}

fn main() {}
