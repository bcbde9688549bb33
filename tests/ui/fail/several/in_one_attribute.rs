use portcullis::prelude::*;

#[secure(role = "admn", rate = "5/mim", body = "64 kbb", colour = "red")]
async fn handler() {}

fn main() {}
