use axum::extract::State;
use portcullis::prelude::*;

#[derive(Clone)]
struct Db;

#[secure(authenticated)]
async fn secured(_: State<Db>) {}

fn routes(security: Security) -> axum::Router {
    SecureRouter::new().route("/", get(secured)).secured_by(security).unwrap()
}

fn main() {}
