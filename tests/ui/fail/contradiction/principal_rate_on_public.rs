use portcullis::prelude::*;

#[secure(public = "a sitemap", rate = "5/min per principal")]
async fn handler() {}

fn main() {}
