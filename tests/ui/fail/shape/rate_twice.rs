use portcullis::prelude::*;

#[secure(authenticated, rate = "5/min", rate = "100/h")]
async fn handler() {}

fn main() {}
