use portcullis::prelude::*;

#[secure(allow(any(role = "admin", scop = "notes:write")))]
async fn handler() {}

fn main() {}
