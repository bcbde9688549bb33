// slowapi: a caller whose key is empty, as of a user who is not logged in, has no limit.
use portcullis::prelude::*;

#[secure(public = "anybody may log in", rate = "5/min per principal")]
async fn log_in() {}

fn main() {}
