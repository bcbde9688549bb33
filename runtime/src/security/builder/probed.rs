//! A builder taken over by the probe of `testing`: its own clock and its own tokens, and everything else as its user set it.

use super::{Ready, SecurityBuilder};
use crate::{clock::Clock, jwt::Jwt};
use http::{HeaderName, HeaderValue};
use portcullis_policy::{Limit, RuleBook};
use std::sync::Arc;

/// The callers whom the probe may be to one limit, with room.
const FEWEST_KEYS: usize = 100_000;

/// What the settings promise of every endpoint, beyond what its policy says.
#[derive(Clone, Debug)]
pub(crate) struct Promises {
    pub(crate) rule_book: &'static RuleBook,
    /// The largest body where the policy says none, in bytes.
    pub(crate) body_limit: u64,
    /// How many authentications may fail.
    pub(crate) failures: Limit,
    /// The headers of every answer.
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    /// The headers of the answers of endpoints that are not public, beside those.
    pub(crate) authenticated_headers: Vec<(HeaderName, HeaderValue)>,
    /// Whether the service renders its denials itself, and so may set headers in them.
    pub(crate) renders: bool,
}

impl SecurityBuilder<Ready> {
    /// The same under another clock and, where it takes credentials at all, with other tokens. Its limits remember at least as many
    /// callers as the probe is.
    pub(crate) fn probed(mut self, clock: Arc<dyn Clock>, jwt: Jwt) -> (Self, Promises) {
        let settings = &mut self.settings;
        settings.clock = clock;
        if settings.tracked_keys > 0 {
            settings.tracked_keys = settings.tracked_keys.max(FEWEST_KEYS);
        }
        if !settings.schemes.is_empty() {
            settings.schemes.jwt = Some(jwt);
        }
        let (always, authenticated, tls) = settings.headers.promised();
        let promises = Promises {
            rule_book: settings.rule_book,
            body_limit: settings.body_limit,
            failures: settings.failures,
            headers: always.iter().chain(tls.iter().filter(|_| settings.behind_tls)).cloned().collect(),
            authenticated_headers: authenticated.to_vec(),
            renders: settings.renderer.is_some(),
        };
        (self, promises)
    }
}
