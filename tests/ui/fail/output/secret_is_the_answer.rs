use axum::Json;
use portcullis::prelude::*;

#[secure(authenticated)]
async fn token() -> Json<Secret<String>> {
    Json(Secret::new(String::from("hunter2")))
}

fn main() {}
