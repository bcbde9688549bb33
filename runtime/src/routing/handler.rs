//! Telling secured handlers from others, by type, and handing each its endpoint.
//! A handler is secured when its one argument is the guard's `Call`.

use crate::{
    Call, PolicyOf,
    guard::{Attachment, Via},
    security::{Core, Endpoint},
};
use axum::{
    Router,
    extract::Request,
    handler::Handler,
    routing::{self, MethodFilter, MethodRouter},
};
use portcullis_policy::Policy;
use std::{
    any::TypeId,
    sync::{Arc, OnceLock},
};

/// A handler with a security policy: what `#[secure]` makes of a function. `T` is what it takes.
#[diagnostic::on_unimplemented(
    message = "this handler has no security policy",
    label = "not secured",
    note = "write `#[secure(…)]` above it, for example `#[secure(role = \"admin\")]` or `#[secure(public = \"why\")]`"
)]
pub trait SecuredHandler<T> {}

#[diagnostic::do_not_recommend]
impl<H, F, M, P, Parts, Body> SecuredHandler<(Via<M>, Call<P, Parts, Body>)> for H where H: FnOnce(Call<P, Parts, Body>) -> F {}

/// What no handler takes: a second impl keeps the compiler from settling on the first, and from reporting a type mismatch where our
/// message belongs.
#[derive(Debug)]
pub enum Never {}

#[diagnostic::do_not_recommend]
impl<H: FnOnce(Never)> SecuredHandler<Never> for H {}

/// What the secured handler `H` takes, and a router with the state `S` can give it.
#[diagnostic::on_unimplemented(
    message = "this secured handler does not fit its router",
    label = "does not fit",
    note = "one of its arguments is no extractor for the state of the router, or it holds something across an `.await` that is not `Send`",
    note = "`#[axum::debug_handler]` below its `#[secure(…)]` says which"
)]
pub trait GivenTo<H, S> {
    /// The handler's policy, and the place of its endpoint.
    #[doc(hidden)]
    fn mounted() -> Mounted;

    /// The handler for the methods of the filter, or for all of them.
    #[doc(hidden)]
    fn methods(filter: Option<MethodFilter>, handler: Attached<H>) -> MethodRouter<S>;

    /// The handler for what the router does not route.
    #[doc(hidden)]
    fn fallback(router: Router<S>, handler: Attached<H>) -> Router<S>;

    /// The handler for the methods that the paths of the router do not have.
    #[doc(hidden)]
    fn method_not_allowed_fallback(router: Router<S>, handler: Attached<H>) -> Router<S>;
}

#[diagnostic::do_not_recommend]
impl<H, S, M, P, Parts, Body> GivenTo<H, S> for (Via<M>, Call<P, Parts, Body>)
where
    H: Handler<Self, S>,
    S: Clone + Send + Sync + 'static,
    M: 'static,
    P: PolicyOf,
    Parts: 'static,
    Body: 'static,
{
    fn mounted() -> Mounted {
        Mounted { policy: P::POLICY, home: TypeId::of::<P>(), slot: Slot::default() }
    }

    fn methods(filter: Option<MethodFilter>, handler: Attached<H>) -> MethodRouter<S> {
        match filter {
            Some(filter) => routing::on(filter, handler),
            None => routing::any(handler),
        }
    }

    fn fallback(router: Router<S>, handler: Attached<H>) -> Router<S> {
        router.fallback(handler)
    }

    fn method_not_allowed_fallback(router: Router<S>, handler: Attached<H>) -> Router<S> {
        router.method_not_allowed_fallback(handler)
    }
}

/// The place of an endpoint that is made ready when the router is secured.
type Slot = Arc<OnceLock<Arc<Endpoint>>>;

/// A secured handler that was routed.
#[doc(hidden)]
#[derive(Clone, Debug)]
pub struct Mounted {
    pub(super) policy: &'static Policy,
    home: TypeId,
    slot: Slot,
}

impl Mounted {
    /// The handler that hands each request its endpoint.
    pub(super) fn attach<H>(&self, handler: H) -> Attached<H> {
        Attached { handler, slot: Arc::clone(&self.slot) }
    }

    /// The type that is the policy's home.
    pub(super) fn home(&self) -> TypeId {
        self.home
    }

    /// Makes the endpoint ready. One that is mounted twice is one endpoint, with one set of limits.
    pub(super) fn secure(&self, endpoint: &Arc<Endpoint>) {
        let _ = self.slot.set(Arc::clone(endpoint));
    }

    pub(super) fn endpoint(&self, core: &Arc<Core>) -> Arc<Endpoint> {
        Arc::new(Endpoint::new(core, self.policy, self.home))
    }
}

/// A secured handler with the place of its endpoint.
#[doc(hidden)]
#[derive(Clone, Debug)]
pub struct Attached<H> {
    handler: H,
    slot: Slot,
}

impl<H: Handler<T, S>, T, S> Handler<T, S> for Attached<H> {
    type Future = H::Future;

    fn call(self, mut request: Request, state: S) -> Self::Future {
        if let Some(endpoint) = self.slot.get() {
            request.extensions_mut().insert(Attachment::routed(Arc::clone(endpoint)));
        }
        self.handler.call(request, state)
    }
}
