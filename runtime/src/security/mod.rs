//! What a service decides once for all of its endpoints: credentials, headers, bounds, clock.
//! Built in a builder that cannot forget the decision about credentials, and shared by every request without a copy.

mod builder;
mod endpoint;
mod errors;
mod layer;

#[cfg(all(feature = "testing", feature = "jwt"))]
pub(crate) use builder::Promises;
pub use builder::{NeedsScheme, Ready, SecurityBuilder};
pub(crate) use endpoint::Endpoint;
pub use errors::StartupErrors;
pub use layer::SecurityLayer;
pub(crate) use layer::Unrouted;

use crate::{
    Denial, ResponseHeaders,
    authn::Schemes,
    clock::Clock,
    denial::{Challenges, Preferences, Renderer, Translator, explain, respond},
    headers::Precomputed,
    limit::{Key, Limiter},
};
use axum::response::Response;
use http::HeaderMap;
use portcullis_policy::RuleBook;
use std::{fmt, hash::Hash, sync::Arc, time::Duration};

/// What a service decides once for all of its endpoints. Cheap to clone.
///
/// ```
/// use portcullis::{Security, jwt::{Jwt, JwtKey}, rule_book};
///
/// let key = JwtKey::hs256(b"a secret of at least thirty-two bytes")?;
/// let security = Security::builder(rule_book!())
///     .jwt(Jwt::new("https://id.example.com", "https://api.example.com", key))
///     .body_limit("256 KiB")
///     .build()?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Security(Arc<Core>);

impl Security {
    /// Begins with the rule book of the workspace: `Security::builder(rule_book!())`.
    pub fn builder(rule_book: &'static RuleBook) -> SecurityBuilder<NeedsScheme> {
        SecurityBuilder::new(rule_book)
    }

    /// The guard for secured handlers in a plain [`axum::Router`]. Prefer a [`SecureRouter`](crate::SecureRouter), which refuses
    /// handlers without a policy and reports mistakes before the first request.
    ///
    /// Limits are counted per layer: make one and clone it where two routers shall share them.
    #[must_use]
    pub fn layer(&self) -> SecurityLayer {
        SecurityLayer::new(Arc::clone(&self.0))
    }

    pub(crate) fn core(&self) -> &Arc<Core> {
        &self.0
    }
}

/// The settled configuration behind a [`Security`].
pub(crate) struct Core {
    pub(crate) rule_book: &'static RuleBook,
    pub(crate) schemes: Schemes,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) failures: Limiter,
    pub(crate) behind_tls: bool,
    headers: ResponseHeaders,
    challenges: Challenges,
    renderer: Option<Box<Renderer>>,
    translator: Option<Box<Translator>>,
    pub(crate) body_limit: u64,
    #[cfg(feature = "validation")]
    pub(crate) input_bounds: crate::InputBounds,
    time_limit: Option<Duration>,
    tracked_keys: usize,
    hashers: [ahash::RandomState; 2],
}

impl Core {
    /// A keyed hash of 128 bits: two subjects that share it by chance are rarer than a failing disk.
    pub(crate) fn hash(&self, value: impl Hash) -> u128 {
        let [high, low] = &self.hashers;
        (u128::from(high.hash_one(&value)) << 64) | u128::from(low.hash_one(&value))
    }

    /// The answer of a denial under this configuration.
    pub(crate) fn respond(&self, denial: &Denial, preferences: &Preferences) -> Response {
        respond(denial, preferences, &self.challenges, self.renderer.as_deref(), self.translator.as_deref())
    }

    /// An answer that is a status and nothing else, as a problem. A service that renders its denials itself is left its own form.
    pub(crate) fn explain(&self, bare: Response, preferences: &Preferences) -> Response {
        if self.renderer.is_some() { bare } else { explain(bare, preferences) }
    }

    /// Whether denials have the form that is ours.
    #[cfg(feature = "openapi")]
    pub(crate) fn renders_standard_problems(&self) -> bool {
        self.renderer.is_none()
    }

    /// What the client asks of a denial.
    pub(crate) fn preferences(&self, headers: &HeaderMap) -> Preferences {
        Preferences::of(headers, self.translator.is_some())
    }

    /// The headers of answers that no endpoint gave.
    pub(crate) fn public_headers(&self) -> Precomputed {
        self.headers.precompute(true, None)
    }

    /// The key that a principal's calls are counted by.
    pub(crate) fn key_of(&self, principal: &crate::Principal) -> Key {
        Key::of_principal(self.hash((principal.scheme(), principal.issuer(), principal.subject())))
    }
}

impl fmt::Debug for Core {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Security")
            .field("schemes", &self.schemes)
            .field("headers", &self.headers)
            .field("body_limit", &self.body_limit)
            .field("time_limit", &self.time_limit)
            .field("tracked_keys", &self.tracked_keys)
            .finish_non_exhaustive()
    }
}
