use portcullis::prelude::*;

#[secure(authenticated, rate = "5/min per user")]
async fn handler() {}

fn main() {}
