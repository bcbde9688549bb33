//! An endpoint made ready: its policy, its limiters, its headers, computed once when the service is put together.
//! Also what can be wrong with an endpoint under a given configuration.

use super::Core;
use crate::{
    headers::Precomputed,
    limit::{Limiter, RateFields},
};
use portcullis_policy::{Access, Limit, Policy, RateKey};
use std::{any::TypeId, sync::Arc, time::Duration};

/// A policy under a configuration, ready to be carried out.
#[derive(Debug)]
pub(crate) struct Endpoint {
    pub(crate) core: Arc<Core>,
    pub(crate) policy: &'static Policy,
    pub(crate) headers: Precomputed,
    pub(crate) body_limit: u64,
    pub(crate) time_limit: Option<Duration>,
    pub(crate) limiters: Vec<Limiter>,
    pub(crate) rate_fields: RateFields,
    /// The OpenAPI document of the router, if it has one.
    #[cfg(feature = "openapi")]
    pub(crate) document: Option<Arc<crate::openapi::Document>>,
    /// The type that is the policy's home, by which a handler knows its own endpoint.
    home: TypeId,
}

impl Endpoint {
    pub(crate) fn new(core: &Arc<Core>, policy: &'static Policy, home: TypeId) -> Self {
        let limiter = |limit: &Limit| {
            let [hasher, _] = &core.hashers;
            Limiter::new(*limit, Arc::clone(&core.clock), core.tracked_keys, hasher.clone())
        };
        Self {
            core: Arc::clone(core),
            policy,
            headers: core.headers.precompute(policy.access().is_public(), RateFields::policies(policy.rate_limits())),
            body_limit: policy.body_limit().unwrap_or(core.body_limit),
            time_limit: policy.time_limit().or(core.time_limit),
            limiters: policy.rate_limits().iter().map(limiter).collect(),
            rate_fields: RateFields::new(policy.rate_limits()),
            #[cfg(feature = "openapi")]
            document: None,
            home,
        }
    }

    /// Whether a limit counts by this kind of key.
    pub(crate) fn limits_by(&self, kind: RateKey) -> bool {
        self.limiters.iter().any(|limiter| limiter.limit().key() == kind)
    }

    /// Whether this is the endpoint of a home, and not one whose handler passed its request on.
    pub(crate) fn is_of(&self, home: TypeId) -> bool {
        self.home == home
    }

    /// What keeps the policy from being carried out under the configuration, each with its remedy.
    pub(crate) fn problems(core: &Core, policy: &Policy) -> Vec<String> {
        let mut problems = Vec::new();
        let name = policy.name();
        let uses_grants = matches!(policy.access(), Access::Allow(_));
        let same_book = policy.rule_book_hash() == core.rule_book.hash();
        if !same_book && (uses_grants || policy.rule_book_hash() != 0) {
            problems.push(format!(
                "`{name}` was compiled against another `security.toml` than the `rule_book!()` of this service; \
                 let its crate find the same file and build again"
            ));
        }
        if !policy.access().is_public() && core.schemes.is_empty() {
            problems.push(format!(
                "`{name}` needs credentials and the service accepts none; add `.jwt(…)` or `.api_keys(…)` to the `Security`, \
                 or make the endpoint `public`"
            ));
        }
        let takes_keys_only = core.schemes.has_api_keys() && !core.schemes.has_bearer();
        if policy.step_up_needed().is_some() && takes_keys_only {
            problems.push(format!(
                "`{name}` needs a login (`step_up`) and the service accepts API keys only, which are no login; add `.jwt(…)` to the \
                 `Security`, or take `step_up` out"
            ));
        }
        problems
    }
}
