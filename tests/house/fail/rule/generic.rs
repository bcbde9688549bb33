use axum::extract::State;
use portcullis::prelude::*;

pub trait Store: Clone + Send + Sync + 'static {}

#[secure(get = "/search", role = "user", rate = "2/s burst 61")]
pub async fn search<S: Store>(State(_): State<S>) {}

fn main() {}
