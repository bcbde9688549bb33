use axum::extract::Path;
use portcullis::prelude::*;

#[secure(authenticated, when = principal.subject() == idd)]
async fn handler(Path(id): Path<String>) -> String {
    id
}

fn main() {}
