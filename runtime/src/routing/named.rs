//! Handlers that name their route: the method and the path are part of the policy, and need not be said again.

use super::handler::Never;
use crate::{Call, PolicyOf, guard::Via};

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
pub trait NamedRoute: PolicyOf {}

/// A handler whose policy names its route, by what it takes. Said of the handler, since the compiler explains what it misses where it
/// is written, and the home of a policy is written by the macro.
#[diagnostic::on_unimplemented(
    message = "this handler names no route",
    label = "names no method and path",
    note = "write `get = \"/users/{{id}}\"` in its `#[secure]`, or route it with `.route(…)`"
)]
pub trait NamesRoute<T> {}

#[diagnostic::do_not_recommend]
impl<H, M, P: NamedRoute, Parts, Body> NamesRoute<(Via<M>, Call<P, Parts, Body>)> for H {}

/// A second impl, as that of [`SecuredHandler`](super::SecuredHandler), so that the compiler settles on neither.
#[diagnostic::do_not_recommend]
impl<H> NamesRoute<Never> for H {}
