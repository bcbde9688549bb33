use portcullis::prelude::*;

#[secure(authenticated, when = principal.is_admin())]
async fn handler() {}

fn main() {}
