use portcullis::prelude::*;

#[secure(allow(all(not(role = "user"), scope = "notes:write", role = "admin")))]
async fn handler() {}

fn main() {}
