// FastAPI: a `str` without `max_length` takes whatever the server reads.
use portcullis::prelude::*;

#[derive(Input)]
struct UserInput {
    username: String,
    #[garde(email)]
    email: String,
}

fn main() {}
