use portcullis::prelude::*;

#[secure(allow(not(role = "admin", role = "user")))]
async fn handler() {}

fn main() {}
