use portcullis::prelude::*;

use std::rc::Rc;

#[secure(authenticated)]
async fn handler() {
    let count = Rc::new(1);
    std::future::ready(()).await;
    drop(count);
}

fn routes() -> SecureRouter {
    SecureRouter::new().route("/", get(handler))
}

fn main() {}
