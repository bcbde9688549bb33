use axum::extract::Path;
use portcullis::prelude::*;

#[secure(authenticated, when = is_mine(id))]
async fn handler(Path(id): Path<String>) {}

fn is_mine(_: String) -> bool {
    true
}

fn main() {}
