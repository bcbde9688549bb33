use portcullis::Call;
use portcullis::prelude::*;

struct Mine;

async fn bare(_: Call<Mine, (), ()>) {}

fn routes() -> SecureRouter {
    SecureRouter::new().route("/", get(bare))
}

fn main() {}
