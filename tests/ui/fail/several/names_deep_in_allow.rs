use portcullis::prelude::*;

#[secure(allow(any(role = "admin", all(role = "editr", not(scope = "reports:red")))))]
async fn handler() {}

fn main() {}
