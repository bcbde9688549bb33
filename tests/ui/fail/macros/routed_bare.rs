use portcullis::prelude::*;

macro_rules! routes {
    ($($path:literal => $handler:ident)*) => {
        SecureRouter::new()$(.route($path, get($handler)))*
    };
}

async fn bare() {}

fn all() -> SecureRouter {
    routes!("/" => bare)
}

fn main() {}
