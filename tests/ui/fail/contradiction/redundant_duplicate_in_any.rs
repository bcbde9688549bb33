use portcullis::prelude::*;

#[secure(allow(any(role = "admin", scope = "notes:write", role = "admin")))]
async fn handler() {}

fn main() {}
