use portcullis::prelude::*;

#[secure(allow(all(authenticated, not(role = "admin"), authenticated)))]
async fn handler() {}

fn main() {}
