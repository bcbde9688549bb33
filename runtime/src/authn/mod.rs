//! Authentication: who is calling, by the schemes that are configured.
//! Reads the credentials of a request once and hands them to the scheme that they are for.

#[cfg(not(all(feature = "jwt", feature = "api-key")))]
mod absent;
#[cfg(feature = "api-key")]
pub(crate) mod api_key;
mod credentials;
#[cfg(feature = "jwt")]
pub(crate) mod jwt;
mod numeric_date;
#[cfg(all(test, feature = "jwt", feature = "api-key"))]
mod tests;

#[cfg(not(feature = "api-key"))]
use absent::Absent as ApiKeys;
#[cfg(not(feature = "jwt"))]
use absent::Absent as Jwt;
#[cfg(feature = "api-key")]
use api_key::ApiKeys;
#[cfg(feature = "jwt")]
use jwt::Jwt;
pub(crate) use numeric_date::numeric_date;

use crate::{Denial, principal::Principal};
use credentials::{Accepted, Credentials};
use http::HeaderMap;
use portcullis_policy::RuleBook;
use std::time::Duration;

/// The schemes by which callers can prove who they are.
#[derive(Debug, Default)]
pub(crate) struct Schemes {
    pub(crate) jwt: Option<Jwt>,
    pub(crate) api_keys: Option<ApiKeys>,
}

impl Schemes {
    /// Whether nobody can prove anything.
    pub(crate) fn is_empty(&self) -> bool {
        !self.has_bearer() && !self.has_api_keys()
    }

    /// Whether tokens in `Authorization: Bearer` are read.
    pub(crate) fn has_bearer(&self) -> bool {
        self.jwt.is_some()
    }

    /// Whether keys in `X-Api-Key` are read.
    pub(crate) fn has_api_keys(&self) -> bool {
        self.api_keys.is_some()
    }

    /// How far the clock of who issues tokens may differ from ours.
    pub(crate) fn leeway(&self) -> Duration {
        self.jwt.as_ref().map_or(Duration::ZERO, Jwt::leeway_allowed)
    }

    /// Whatever the set-up of the schemes gets wrong, for the report at start-up.
    pub(crate) fn problems(&self, rule_book: &RuleBook) -> Vec<String> {
        let of_tokens = self.jwt.iter().flat_map(|jwt| jwt.problems(rule_book));
        let of_keys = self.api_keys.iter().flat_map(|keys| keys.problems(rule_book));
        of_tokens.chain(of_keys).collect()
    }

    /// Who is calling, or `None` for a caller without credentials of a scheme that is configured. `now` is the time since 1970.
    ///
    /// Every call has to bring the same rule book: the schemes remember what a caller's roles grant. Waits for nothing today; it is
    /// `async` for schemes that ask a server.
    pub(crate) async fn authenticate(
        &self,
        headers: &HeaderMap,
        now: Duration,
        rule_book: &'static RuleBook,
    ) -> Result<Option<Principal>, Denial> {
        let accepted = Accepted { bearer: self.has_bearer(), api_key: self.has_api_keys() };
        let principal = match credentials::read(headers, accepted)? {
            None => None,
            Some(Credentials::Bearer(token)) => self.jwt.as_ref().map(|jwt| jwt.authenticate(token, now, rule_book)),
            Some(Credentials::ApiKey(key)) => self.api_keys.as_ref().map(|keys| keys.authenticate(key, now, rule_book)),
        };
        principal.transpose()
    }
}
