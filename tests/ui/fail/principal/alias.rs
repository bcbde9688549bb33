use portcullis::prelude::*;

type Caller = Principal;

#[secure(public = "a sitemap")]
async fn handler(_: Caller) {}

fn main() {}
