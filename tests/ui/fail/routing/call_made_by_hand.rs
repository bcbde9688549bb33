use portcullis::prelude::*;

#[secure(authenticated)]
async fn secured() {}

async fn past_the_guard() {
    secured(portcullis::Call { policy: std::marker::PhantomData }).await;
}

fn main() {}
