use portcullis::prelude::*;

#[secure(authenticated, audit = "Patient.Read")]
async fn handler() {}

fn main() {}
