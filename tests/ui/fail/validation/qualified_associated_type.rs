use portcullis::prelude::*;

trait Api {
    type Input;
}

#[secure(authenticated)]
async fn handler<A: Api>(_: <A as Api>::Input) {}

fn main() {}
