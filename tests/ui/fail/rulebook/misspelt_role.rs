use portcullis::prelude::*;

#[secure(role = "admn")]
async fn handler() {}

fn main() {}
