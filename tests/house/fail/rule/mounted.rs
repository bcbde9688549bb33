use portcullis::prelude::*;

#[secure(get = "/admin/users", role = "user")]
async fn list() {}

fn main() {
    let _ = SecureRouter::<()>::new().mount(list);
}
