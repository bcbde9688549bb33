//! What a request carries on its way to a secured handler: the endpoint that guards it, and then the principal.
//! Private to the guard, so no layer can forge it.

use crate::{
    Denial, Principal,
    security::{Core, Endpoint, Unrouted},
};
use http::Extensions;
use portcullis_policy::Policy;
use std::{
    any::TypeId,
    sync::{Arc, OnceLock},
};

/// The guard's own extension of a request.
#[derive(Clone, Debug)]
pub(crate) struct Attachment {
    source: Source,
    pub(super) principal: Option<Principal>,
    /// Whom a handler of a public endpoint was told of, which asked who is calling.
    pub(super) told: Option<Arc<OnceLock<Principal>>>,
}

#[derive(Clone, Debug)]
enum Source {
    /// A `SecureRouter` knows the endpoint.
    Routed(Arc<Endpoint>),
    /// A layer knows the configuration, and the handler finds its endpoint in it.
    Unrouted(Arc<Unrouted>),
}

impl Attachment {
    pub(crate) fn routed(endpoint: Arc<Endpoint>) -> Self {
        Self { source: Source::Routed(endpoint), principal: None, told: None }
    }

    pub(crate) fn unrouted(unrouted: Arc<Unrouted>) -> Self {
        Self { source: Source::Unrouted(unrouted), principal: None, told: None }
    }

    pub(crate) fn core(&self) -> &Core {
        match &self.source {
            Source::Routed(endpoint) => &endpoint.core,
            Source::Unrouted(unrouted) => &unrouted.core,
        }
    }

    /// The OpenAPI document of the router that the endpoint is in.
    #[cfg(feature = "openapi")]
    pub(crate) fn document(&self) -> Option<Arc<crate::openapi::Document>> {
        match &self.source {
            Source::Routed(endpoint) => endpoint.document.clone(),
            Source::Unrouted(_) => None,
        }
    }

    /// The endpoint whose policy has this home, or the reason to answer 500.
    pub(super) fn endpoint_of(extensions: &Extensions, policy: &'static Policy, home: TypeId) -> Result<Arc<Endpoint>, Denial> {
        match extensions.get::<Self>().map(|attachment| &attachment.source) {
            Some(Source::Routed(endpoint)) if endpoint.is_of(home) => Ok(Arc::clone(endpoint)),
            Some(Source::Unrouted(unrouted)) => unrouted.endpoint(policy, home),
            Some(Source::Routed(_)) => {
                Err(Denial::Misconfigured("a secured handler passed its request on to another one; call its function instead"))
            }
            None => Err(UNATTACHED),
        }
    }
}

/// What is wrong where nothing guards a secured handler.
pub(super) const UNATTACHED: Denial =
    Denial::Misconfigured("no guard is attached; route it in a `SecureRouter` or add `security.layer()`");
