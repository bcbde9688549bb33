// slowapi: what its grammar does not have, it reports to a logger that nobody listens to, and the endpoint has no limit.
use portcullis::prelude::*;

#[secure(public = "anybody may log in", rate = "5 per 1 minut")]
async fn log_in() {}

fn main() {}
