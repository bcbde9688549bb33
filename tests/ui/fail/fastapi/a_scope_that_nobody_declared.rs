// FastAPI: scopes are any strings; a misspelt one refuses everybody, or guards what nobody can have.
use portcullis::prelude::*;

#[secure(scope = "note:write")]
async fn write() {}

fn main() {}
