//! Telling secured handlers from others, by type, and handing each its endpoint.
//! A handler is secured when its one argument is the guard's `Call`.

use crate::{
    Call, PolicyOf,
    guard::{Attachment, Via},
    security::{Core, Endpoint},
};
use axum::{extract::Request, handler::Handler};
use portcullis_policy::{Access, Policy, Requirement};
use std::{
    any::TypeId,
    sync::{Arc, OnceLock},
};

/// The arguments of a handler with a security policy: what `#[secure]` makes them.
#[diagnostic::on_unimplemented(
    message = "this handler has no security policy",
    label = "not secured",
    note = "write `#[secure(…)]` above it, for example `#[secure(role = \"admin\")]` or `#[secure(public = \"why\")]`"
)]
pub trait Guarded {
    /// The policy.
    #[doc(hidden)]
    fn mounted() -> Mounted;
}

impl<M, P: PolicyOf, Parts, Body> Guarded for (Via<M>, Call<P, Parts, Body>) {
    fn mounted() -> Mounted {
        Mounted { policy: P::POLICY, home: TypeId::of::<P>(), slot: Slot::default() }
    }
}

/// Not the arguments of any handler: a second impl keeps the compiler from guessing the first and reporting a type mismatch instead
/// of our message.
#[derive(Debug)]
pub(super) enum Never {}

#[diagnostic::do_not_recommend]
impl<M: 'static> Guarded for (M, Never) {
    fn mounted() -> Mounted {
        // Never called: no handler has a `Never` for an argument. What it would say lets nobody pass.
        const NOBODY: &Policy = &Policy::new("", 0, Access::Allow(Requirement::Any(&[])));
        Mounted { policy: NOBODY, home: TypeId::of::<Self>(), slot: Slot::default() }
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
#[derive(Clone, Debug)]
pub(super) struct Attached<H> {
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
