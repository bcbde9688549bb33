use portcullis::prelude::*;

#[secure(allow(not(role = "admin")))]
async fn handler() {}

fn main() {}
