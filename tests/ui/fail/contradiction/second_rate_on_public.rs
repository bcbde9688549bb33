use portcullis::prelude::*;

#[secure(public = "a sitemap", rate("5/min", "100/h per principal"))]
async fn handler() {}

fn main() {}
