use axum::extract::Path;
use portcullis::prelude::*;

#[secure(authenticated)]
async fn secured(_: Path<u64>) {}

async fn past_the_guard() {
    secured(Path(5)).await;
}

fn main() {}
