// FastAPI: `await request.json()` and `dict` take anything.
use axum::Json;
use portcullis::prelude::*;

#[secure(public = "anybody may sign up")]
async fn sign_up(Json(user): Json<serde_json::Value>) -> String {
    user.to_string()
}

fn main() {}
