use portcullis::prelude::*;

async fn list() {}

fn main() {
    let _: SecureRouter = SecureRouter::new().mount(list);
}
