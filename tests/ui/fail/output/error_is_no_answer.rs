use axum::Json;
use portcullis::prelude::*;

struct Missing;

#[secure(authenticated)]
async fn name() -> Result<Json<String>, Missing> {
    Err(Missing)
}

fn main() {}
