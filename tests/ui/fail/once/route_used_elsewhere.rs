use portcullis::{NamedRoute, prelude::*};

#[secure(authenticated, get = "/users/:id")]
async fn handler() {}

fn route_of<P: NamedRoute>() -> Option<(&'static str, &'static str)> {
    P::POLICY.named_route()
}

fn main() {
    let _ = route_of::<handler>();
    let _ = SecureRouter::<()>::new().route("/users/{id}", get(handler));
}
