// FastAPI: it is there for everybody, and there is no list of such (fastapi #14996 was closed).
use portcullis::prelude::*;

async fn delete_user() {}

fn main() {
    let _: SecureRouter = SecureRouter::new().route("/users", delete(delete_user));
}
