//! Handlers that name their route: the method and the path are part of the policy, and need not be said again.

use crate::PolicyOf;

/// The home of a policy that names its method and its path, as in `#[secure(get = "/users/{id}", …)]`. Implemented by the macro.
///
/// ```
/// use portcullis::{NamedRoute, PolicyOf, prelude::*};
///
/// #[secure(get = "/health", public = "load balancers probe it")]
/// async fn health() {}
///
/// fn route_of<P: NamedRoute>() -> Option<(&'static str, &'static str)> {
///     P::POLICY.named_route()
/// }
/// assert_eq!(route_of::<health>(), Some(("GET", "/health")));
/// ```
#[diagnostic::on_unimplemented(
    message = "this handler names no route",
    label = "names no method and path",
    note = "write `get = \"/users/{{id}}\"` in its `#[secure]`, or route it with `.route(…)`"
)]
pub trait NamedRoute: PolicyOf {}
