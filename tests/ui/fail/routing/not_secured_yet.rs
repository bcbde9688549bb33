use portcullis::prelude::*;

fn serve() -> axum::Router {
    SecureRouter::new().into()
}

fn main() {}
