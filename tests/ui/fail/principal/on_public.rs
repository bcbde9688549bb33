use portcullis::prelude::*;

#[secure(public = "a sitemap")]
async fn handler(_: Principal) {}

fn main() {}
