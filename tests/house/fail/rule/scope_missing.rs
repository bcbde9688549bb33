use portcullis::prelude::*;

#[secure(get = "/reports/yearly", role = "admin")]
async fn handler() {}

fn main() {}
