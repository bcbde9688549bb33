use portcullis::prelude::*;

#[secure(allow(any(role = "user", scope = "notes:write", role = "admin")))]
async fn handler() {}

fn main() {}
