use portcullis::prelude::*;

#[secure(authenticated)]
const HANDLER: &str = "handler";

fn main() {}
