//! Telling secured handlers from others, by type, and handing each its endpoint.
//! A handler is secured when its one argument is the guard's `Call`.

use crate::{
    Call, Condition, PolicyOf,
    fit::Fitting,
    guard::{self, Rest, Via},
    security::{Core, Endpoint},
};
use axum::{
    extract::{FromRequest, FromRequestParts, Request},
    handler::Handler,
    response::Response,
};
use portcullis_policy::{Policy, Route};
use std::{
    any::TypeId,
    future::{Future, Ready},
    pin::Pin,
    sync::{Arc, OnceLock},
};

/// A handler with a security policy: what `#[secure]` makes of a function. `T` is what it takes.
#[diagnostic::on_unimplemented(
    message = "this handler has no security policy",
    label = "not secured",
    note = "write `#[secure(…)]` above it, for example `#[secure(role = \"admin\")]` or `#[secure(public = \"why\")]`"
)]
pub trait SecuredHandler<T>: Clone + Send + Sync + 'static {
    /// The answer to come.
    type Answer: Future<Output = Response>;

    /// Calls the handler.
    #[doc(hidden)]
    fn call(self, argument: T) -> Self::Answer;
}

#[diagnostic::do_not_recommend]
impl<H, F, M, P, Parts, Body> SecuredHandler<(Via<M>, Call<P, Parts, Body>)> for H
where
    H: FnOnce(Call<P, Parts, Body>) -> F + Clone + Send + Sync + 'static,
    F: Future<Output = Response>,
    P: PolicyOf,
{
    type Answer = F;

    fn call(self, (_, call): (Via<M>, Call<P, Parts, Body>)) -> F {
        self(call)
    }
}

/// What no handler takes: a second impl keeps the compiler from settling on the first, and from reporting a type mismatch where our
/// message belongs.
#[derive(Debug)]
pub enum Never {}

#[diagnostic::do_not_recommend]
impl<H: FnOnce(Never) + Clone + Send + Sync + 'static> SecuredHandler<Never> for H {
    type Answer = Ready<Response>;

    fn call(self, never: Never) -> Self::Answer {
        match never {}
    }
}

/// What the secured handler `H` takes, and a router with the state `S` can give it.
///
/// axum's `Handler` says the same. But it has an impl for every number of arguments, and so the compiler cannot tell which argument
/// is no extractor; here it can, since there is one impl, and one argument.
pub trait GivenTo<H, S>: 'static {
    /// The handler's policy, and the place of its endpoint.
    #[doc(hidden)]
    fn mounted() -> Mounted;

    /// What follows once the caller is admitted: the arguments, and the handler.
    #[doc(hidden)]
    fn rest(handler: H) -> Rest<S>;
}

impl<H, S, M, P, Parts, Body> GivenTo<H, S> for (Via<M>, Call<P, Parts, Body>)
where
    H: SecuredHandler<Self, Answer: Send>,
    P: PolicyOf<When: Condition<Parts, Body>>,
    Parts: FromRequestParts<S> + Send + 'static,
    Body: FromRequest<S, M> + Send + 'static,
    S: Send + Sync + 'static,
    M: 'static,
{
    fn mounted() -> Mounted {
        Mounted {
            policy: P::POLICY,
            fits: P::FITS,
            #[cfg(feature = "openapi")]
            description: P::DESCRIPTION,
            home: TypeId::of::<P>(),
            slot: Slot::default(),
        }
    }

    fn rest(handler: H) -> Rest<S> {
        Rest::new(move |admitted, head, body, state| {
            let handler = handler.clone();
            // Written for little to build, since it is built for every endpoint: what its types allow to share is behind the first call.
            Box::pin(async move {
                match guard::arguments::<P::When, Parts, Body, S, M>(admitted, head, body, state).await {
                    Ok((parts, body)) => Ok(handler.call((Via::new(), guard::admitted(admitted, parts, body))).await),
                    Err(refusal) => Err(refusal),
                }
            })
        })
    }
}

/// The place of an endpoint that is made ready when the router is secured.
type Slot = Arc<OnceLock<Arc<Endpoint>>>;

/// A secured handler that was routed.
#[doc(hidden)]
#[derive(Clone, Debug)]
pub struct Mounted {
    pub(super) policy: &'static Policy,
    fits: Option<fn(&mut Fitting<'_>)>,
    #[cfg(feature = "openapi")]
    pub(super) description: &'static crate::openapi::Description,
    home: TypeId,
    slot: Slot,
}

impl Mounted {
    /// The handler that hands each request its endpoint.
    pub(super) fn attach<S>(&self, rest: Rest<S>) -> Attached<S> {
        Attached { policy: self.policy, slot: Arc::clone(&self.slot), rest }
    }

    /// The type that is the policy's home.
    pub(super) fn home(&self) -> TypeId {
        self.home
    }

    /// Makes the endpoint ready. One that is mounted twice is one endpoint, with one set of limits.
    pub(super) fn secure(&self, endpoint: &Arc<Endpoint>) {
        let _ = self.slot.set(Arc::clone(endpoint));
    }

    /// Which arguments can never be read at the route.
    pub(super) fn misfits(&self, route: &Route) -> Vec<String> {
        // A fallback has no parameters that are known, and a path that the grammar does not have is axum's own affair.
        let (Some(look), Route::Path { path, .. }) = (self.fits, route) else { return Vec::new() };
        let misfits = path.parse().map(|pattern| Fitting::problems(&pattern, look)).unwrap_or_default();
        misfits.into_iter().map(|misfit| format!("`{}` {misfit}", self.policy.name())).collect()
    }

    pub(super) fn endpoint(&self, core: &Arc<Core>) -> Endpoint {
        Endpoint::new(core, self.policy, self.home)
    }
}

/// A secured handler with the place of its endpoint. One type for all of them, so that axum's own code around a handler is built once.
#[doc(hidden)]
#[derive(Debug)]
pub struct Attached<S> {
    policy: &'static Policy,
    slot: Slot,
    rest: Rest<S>,
}

impl<S> Clone for Attached<S> {
    fn clone(&self) -> Self {
        Self { policy: self.policy, slot: Arc::clone(&self.slot), rest: self.rest.clone() }
    }
}

impl<S: Send + 'static> Handler<(), S> for Attached<S> {
    type Future = Pin<Box<dyn Future<Output = Response> + Send>>;

    fn call(self, request: Request, state: S) -> Self::Future {
        Box::pin(guard::serve(self.policy, self.slot.get().cloned(), request, state, self.rest))
    }
}
