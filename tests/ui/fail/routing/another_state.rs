use axum::extract::State;
use portcullis::prelude::*;

#[derive(Clone)]
struct Db;

#[secure(authenticated)]
async fn secured(_: State<Db>) {}

fn routes() -> SecureRouter {
    SecureRouter::new().route("/", get(secured)).with_state(5)
}

fn main() {}
