use portcullis::prelude::*;

#[secure(authenticated, get = "/users/{id}/friends/{id}")]
async fn handler() {}

fn main() {}
