use portcullis::prelude::*;

#[secure(public = "a sitemap", when = true)]
async fn handler() {}

fn main() {}
