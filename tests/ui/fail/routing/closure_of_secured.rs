use portcullis::prelude::*;

fn routes() -> SecureRouter {
    SecureRouter::new().route("/", get(|| async { "hello" }))
}

fn main() {}
