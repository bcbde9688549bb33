//! From a `SecureRouter` to an `axum::Router`: the only way, and the last look before a socket opens.
//! Makes every endpoint ready, and gives what no endpoint answers a problem with the same headers.

use super::{
    house_rules,
    mount::misplaced,
    router::{Mount, SecureRouter},
};
use crate::{
    Denial, Security, StartupErrors, guard,
    headers::Precomputed,
    security::{Core, Endpoint},
};
use axum::{extract::Request, response::Response};
use portcullis_policy::Route;
use std::{any::TypeId, collections::HashMap, sync::Arc};

/// Says of a router with the state `S` that it was given.
#[diagnostic::on_unimplemented(
    message = "this router was not given its state",
    label = "wants a `{S}`",
    note = "call `.with_state(…)` before `.secured_by(…)`"
)]
pub trait StateGiven<S> {
    /// The router, which wants no state.
    #[doc(hidden)]
    fn settled(router: SecureRouter<S>) -> SecureRouter<()>;
}

#[diagnostic::do_not_recommend]
impl StateGiven<()> for SecureRouter<()> {
    fn settled(router: SecureRouter<()>) -> Self {
        router
    }
}

impl<S> SecureRouter<S> {
    /// Puts the guard before every endpoint.
    ///
    /// # Errors
    ///
    /// Every problem of the router and its endpoints, at once: conflicting routes, an endpoint that names another route than it has, an
    /// argument that can never be read there, a policy compiled against another rule book, an endpoint that needs credentials of a
    /// service that accepts none, a house rule that an endpoint breaks.
    pub fn secured_by(self, security: Security) -> Result<axum::Router, StartupErrors>
    where
        SecureRouter<()>: StateGiven<S>,
    {
        let settled = SecureRouter::settled(self);
        let core = security.core();
        let broken_rules = house_rules::breaches(&settled.manifest(), core.rule_book);
        #[cfg(feature = "openapi")]
        let (document, unserved) = {
            let mut unserved = Vec::new();
            (settled.document(core, &mut unserved), unserved)
        };
        let SecureRouter { inner, mounts, mut problems, .. } = settled;
        let mut endpoints: HashMap<TypeId, Arc<Endpoint>> = HashMap::new();
        for mount in &mounts {
            let Mount::Endpoint(route, mounted) = mount else { continue };
            problems.extend(misplaced(mounted.policy, route));
            problems.extend(mounted.misfits(route));
            let endpoint = endpoints.entry(mounted.home()).or_insert_with(|| {
                problems.extend(Endpoint::problems(core, mounted.policy));
                #[cfg_attr(not(feature = "openapi"), expect(unused_mut, reason = "nothing else is added to an endpoint"))]
                let mut endpoint = mounted.endpoint(core);
                #[cfg(feature = "openapi")]
                endpoint.document.clone_from(&document);
                Arc::new(endpoint)
            });
            mounted.secure(endpoint);
        }
        problems.extend(broken_rules);
        #[cfg(feature = "openapi")]
        problems.extend(unserved);
        StartupErrors::check(problems)?;

        let headers = core.public_headers();
        let mut router = inner;
        let answer = |denial| {
            let (core, headers) = (Arc::clone(core), headers.clone());
            move |request: Request| std::future::ready(unmatched(&core, &headers, &denial, &request))
        };
        let is_fallback = |mount: &Mount| matches!(mount, Mount::Endpoint(Route::Fallback { prefix }, _) if prefix.is_empty());
        if !mounts.iter().any(is_fallback) {
            router = router.fallback(answer(Denial::NotFound));
        }
        Ok(router.method_not_allowed_fallback(answer(Denial::MethodNotAllowed)))
    }
}

/// The answer to a request that no endpoint takes.
fn unmatched(core: &Core, headers: &Precomputed, denial: &Denial, request: &Request) -> Response {
    let mut response = core.respond(denial, &core.preferences(request.headers()));
    response.extensions_mut().remove::<Denial>();
    headers.write(core.behind_tls || guard::is_over_tls(request.extensions()), response.headers_mut());
    response
}
