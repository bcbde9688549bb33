use portcullis::prelude::*;

#[secure(get = "/vault", role = "admin", step_up(max_age = "15 min", mfa), rate = "6/min", body = "1 KiB", timeout = "1 s", audit = "vault.read", when = true)]
async fn handler() {}

fn main() {}
