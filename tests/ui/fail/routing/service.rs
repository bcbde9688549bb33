use axum::{extract::Request, response::Response};
use portcullis::prelude::*;
use std::convert::Infallible;
use tower::service_fn;

async fn bare(_: Request) -> Result<Response, Infallible> {
    Ok(Response::default())
}

fn routes() -> SecureRouter {
    SecureRouter::new().route("/", get(service_fn(bare)))
}

fn main() {}
