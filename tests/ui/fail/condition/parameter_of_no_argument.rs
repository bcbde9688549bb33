use portcullis::prelude::*;

#[secure(authenticated, when = principal.roles().count() > N)]
async fn handler<const N: usize>() {}

fn main() {}
