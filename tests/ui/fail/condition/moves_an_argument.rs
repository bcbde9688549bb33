use axum::extract::Path;
use portcullis::prelude::*;

fn is_mine(_: String) -> bool {
    true
}

#[secure(authenticated, when = is_mine(id))]
async fn handler(Path(id): Path<String>) -> String {
    id
}

fn main() {}
