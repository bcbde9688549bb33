use axum::extract::Path;
use portcullis::prelude::*;

#[derive(serde::Deserialize, garde::Validate)]
struct UserPath {
    #[garde(length(max = 36))]
    id: String,
}

#[secure(authenticated, get = "/users")]
async fn handler(_: Valid<Path<UserPath>>) {}

fn main() {}
