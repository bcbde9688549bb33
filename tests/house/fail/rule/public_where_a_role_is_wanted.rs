use portcullis::prelude::*;

#[secure(get = "/admin/health", public = "it only counts")]
async fn handler() {}

fn main() {}
