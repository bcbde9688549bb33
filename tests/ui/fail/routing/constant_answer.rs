use portcullis::prelude::*;

fn routes() -> SecureRouter {
    SecureRouter::new().route("/", get("hello"))
}

fn main() {}
