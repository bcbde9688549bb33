use portcullis::prelude::*;

#[secure(role = "user", rate = "60/min")]
async fn handler() {}

fn main() {}
