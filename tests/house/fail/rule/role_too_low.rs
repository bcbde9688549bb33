use portcullis::prelude::*;

#[secure(get = "/admin/users", role = "user")]
async fn handler() {}

fn main() {}
