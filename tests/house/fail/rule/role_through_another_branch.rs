use portcullis::prelude::*;

#[secure(get = "/admin/users", allow(any(role = "admin", scope = "reports:read")))]
async fn handler() {}

fn main() {}
