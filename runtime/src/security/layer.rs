//! The guard for plain axum routers: a layer that tells secured handlers which configuration they run under.
//! Without it (and without a `SecureRouter`) such a handler answers 500.

use super::{Core, Endpoint};
use crate::{Denial, guard::Attachment};
use axum::extract::Request;
use dashmap::DashMap;
use portcullis_policy::Policy;
use std::{
    any::TypeId,
    sync::Arc,
    task::{Context, Poll},
};
use tower_layer::Layer;
use tower_service::Service;

/// The guard for secured handlers in a plain [`axum::Router`], made by [`Security::layer`](crate::Security::layer).
///
/// ```
/// use portcullis::prelude::*;
///
/// #[secure(public = "says hello to everybody")]
/// async fn hello() -> &'static str {
///     "hello"
/// }
///
/// let security = Security::builder(rule_book!()).without_authentication().build()?;
/// let app: axum::Router = axum::Router::new().route("/", axum::routing::get(hello)).layer(security.layer());
/// # Ok::<(), portcullis::StartupErrors>(())
/// ```
#[derive(Clone, Debug)]
pub struct SecurityLayer(Arc<Unrouted>);

impl SecurityLayer {
    pub(super) fn new(core: Arc<Core>) -> Self {
        Self(Arc::new(Unrouted { core, endpoints: DashMap::default() }))
    }
}

impl<S> Layer<S> for SecurityLayer {
    type Service = SecurityService<S>;

    fn layer(&self, inner: S) -> Self::Service {
        SecurityService { unrouted: Arc::clone(&self.0), inner }
    }
}

/// The service of a [`SecurityLayer`].
#[derive(Clone, Debug)]
pub struct SecurityService<S> {
    unrouted: Arc<Unrouted>,
    inner: S,
}

impl<S: Service<Request>> Service<Request> for SecurityService<S> {
    type Response = S::Response;
    type Error = S::Error;
    type Future = S::Future;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, mut request: Request) -> Self::Future {
        request.extensions_mut().insert(Attachment::unrouted(Arc::clone(&self.unrouted)));
        self.inner.call(request)
    }
}

/// The endpoints of a plain router, made ready when they are first called: nobody told us of them before.
#[derive(Debug)]
pub(crate) struct Unrouted {
    pub(crate) core: Arc<Core>,
    endpoints: DashMap<TypeId, Arc<Endpoint>, ahash::RandomState>,
}

impl Unrouted {
    /// The endpoint of a policy's home, or why it cannot be guarded.
    pub(crate) fn endpoint(&self, policy: &'static Policy, home: TypeId) -> Result<Arc<Endpoint>, Denial> {
        if let Some(endpoint) = self.endpoints.get(&home) {
            return Ok(Arc::clone(&endpoint));
        }
        let problems = Endpoint::problems(&self.core, policy);
        if !problems.is_empty() {
            tracing::error!(target: "portcullis", problems = problems.join("; "), "a secured handler cannot be guarded");
            return Err(Denial::Misconfigured("the policy does not fit the service"));
        }
        let endpoint = self.endpoints.entry(home).or_insert_with(|| Arc::new(Endpoint::new(&self.core, policy, home)));
        Ok(Arc::clone(&endpoint))
    }
}
