use portcullis::prelude::*;

#[secure(authenticated)]
async fn list() {}

fn main() {
    let _: SecureRouter = SecureRouter::new().mount(list);
}
