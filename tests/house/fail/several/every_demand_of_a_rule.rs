use portcullis::prelude::*;

#[secure(put = "/vault/{id}", role = "user", step_up(max_age = "1 h"), rate = "6/min", body = "2 KiB", timeout = "2 s", unvalidated = "why")]
async fn handler() {}

fn main() {}
