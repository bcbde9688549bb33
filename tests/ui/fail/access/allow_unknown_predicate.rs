use portcullis::prelude::*;

#[secure(allow(al(role = "admin", scope = "notes:write")))]
async fn handler() {}

fn main() {}
