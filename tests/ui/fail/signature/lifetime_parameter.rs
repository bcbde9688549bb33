use portcullis::prelude::*;

#[secure(authenticated)]
async fn handler<'a>(_: axum::extract::State<&'a str>) {}

fn main() {}
