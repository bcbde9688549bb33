//! JSON Web Tokens as credentials (RFC 7519, RFC 8725, RFC 9068).
//! The signature is checked by `jsonwebtoken`; what the token must say is checked here, strictly, because it is not there.

mod cache;
mod claims;
mod header;
mod json;
mod key;
mod pem;
mod signer;
mod signing_key;
#[cfg(test)]
mod tests;

pub use key::{JwtKey, KeyError};
pub use signer::{NewToken, SignError, Signer};
pub use signing_key::SigningKey;

use crate::{Denial, principal::Principal};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use cache::{Verified, VerifiedTokens};
use claims::{Rules, Validity};
use header::Header;
use portcullis_policy::RuleBook;
use std::{collections::HashSet, time::Duration};

/// What tokens are accepted: from whom, for whom, signed by which keys.
///
/// A token must be signed by one of the keys with that key's algorithm, and must say `iss` (the issuer), `aud` (the audience,
/// alone or among others), `exp`, and a `sub` that is not empty. `nbf` is kept if it is there. `iat` must be a number and is
/// not compared with the clock: it says when, not from when. A token with `crit` or with `cnf` is refused, as is one whose
/// `typ` says that it is for another use. Keys in a token (`jwk`, `jku`, `x5u`, `x5c`) are never looked at.
///
/// ```
/// use portcullis::jwt::{Jwt, JwtKey};
/// use std::time::Duration;
///
/// let key = JwtKey::hs256("a secret of at least 32 random bytes")?;
/// let jwt = Jwt::new("https://id.example.com", "https://api.example.com", key)
///     .leeway(Duration::from_secs(5))
///     .roles_claim("realm_access.roles");
/// # Ok::<(), portcullis::jwt::KeyError>(())
/// ```
#[derive(Debug)]
#[must_use = "tokens are accepted by the `Security` that this is given to"]
pub struct Jwt {
    rules: Rules,
    keys: Vec<JwtKey>,
    max_token_bytes: usize,
    verified: Option<VerifiedTokens>,
}

impl Jwt {
    /// The longest token that is read, in bytes, unless told otherwise.
    pub const DEFAULT_MAX_TOKEN_BYTES: usize = 8 * 1024;

    /// The bytes that verified tokens may take up, unless told otherwise.
    pub const DEFAULT_CACHE_BYTES: usize = 8 * 1024 * 1024;

    /// Accepts the tokens that this issuer issues for this audience and signs with this key.
    ///
    /// The issuer is compared with `iss`, the audience with `aud`, each character for character.
    pub fn new(issuer: impl Into<String>, audience: impl Into<String>, key: JwtKey) -> Self {
        Self {
            rules: Rules {
                issuer: issuer.into(),
                audience: audience.into(),
                leeway: Duration::ZERO,
                access_tokens_only: false,
                roles_claim: "roles".to_owned(),
                scopes_claim: None,
            },
            keys: vec![key],
            max_token_bytes: Self::DEFAULT_MAX_TOKEN_BYTES,
            verified: VerifiedTokens::new(Self::DEFAULT_CACHE_BYTES),
        }
    }

    /// Accepts another key of the issuer as well, for the time in which keys change. Give keys [names](JwtKey::with_id) where
    /// the issuer does.
    pub fn key(mut self, key: JwtKey) -> Self {
        self.keys.push(key);
        self
    }

    /// How far the clocks of the issuer and of this service may differ: added to `exp`, taken off `nbf`. 0 unless told otherwise.
    pub fn leeway(mut self, leeway: Duration) -> Self {
        self.rules.leeway = leeway;
        self
    }

    /// Accepts access tokens of [RFC 9068](https://www.rfc-editor.org/rfc/rfc9068) only, so that an ID token of the same issuer
    /// is no credential: `typ` must be `at+jwt`, and `iat`, `jti` and `client_id` must be there.
    pub fn access_tokens_only(mut self) -> Self {
        self.rules.access_tokens_only = true;
        self
    }

    /// The claim that holds the roles as an array of strings: a name, or a path of names such as `realm_access.roles`.
    /// `roles` unless told otherwise. A token without it has no roles; one where it is something else is refused.
    pub fn roles_claim(mut self, name: impl Into<String>) -> Self {
        self.rules.roles_claim = name.into();
        self
    }

    /// The claim that holds the scopes, as a string with spaces between them or as an array of strings: a name or a path of
    /// names. Unless told otherwise `scope`, and `scp` where there is no `scope`.
    pub fn scopes_claim(mut self, name: impl Into<String>) -> Self {
        self.rules.scopes_claim = Some(name.into());
        self
    }

    /// The bytes that verified tokens may take up. A token is verified once and then found here, until it expires. 0 verifies
    /// every token on every request, as does anything below 4096.
    pub fn cache_bytes(mut self, bytes: usize) -> Self {
        self.verified = VerifiedTokens::new(bytes);
        self
    }

    /// The longest token that is read, in bytes. A longer one is refused before any of it is decoded.
    pub fn max_token_bytes(mut self, bytes: usize) -> Self {
        self.max_token_bytes = bytes;
        self
    }

    /// Who the token says is calling, if it holds now. `now` is the time since 1970.
    pub(crate) fn authenticate(&self, token: &str, now: Duration, rule_book: &'static RuleBook) -> Result<Principal, Denial> {
        if token.len() > self.max_token_bytes {
            return Err(Denial::InvalidCredentials("the token is longer than the bound"));
        }
        let Some(verified_tokens) = &self.verified else {
            return self.verify(token, now, rule_book).map(|verified| verified.principal).map_err(Denial::InvalidCredentials);
        };
        if let Some(Verified { principal, validity, .. }) = verified_tokens.get(token) {
            return match self.check_time(&validity, now) {
                Ok(()) => Ok(principal),
                Err(reason) => {
                    verified_tokens.remove(token);
                    Err(Denial::InvalidCredentials(reason))
                }
            };
        }
        let verified = self.verify(token, now, rule_book).map_err(Denial::InvalidCredentials)?;
        verified_tokens.insert(token, verified.clone());
        Ok(verified.principal)
    }

    /// How far the clocks may differ.
    pub(crate) fn leeway_allowed(&self) -> Duration {
        self.rules.leeway
    }

    /// Whatever the set-up gets wrong that no single call could see.
    pub(crate) fn problems(&self, _rule_book: &RuleBook) -> Vec<String> {
        let mut problems = Vec::new();
        if self.rules.issuer.trim().is_empty() {
            problems.push("the issuer of `Jwt::new` is empty; name the `iss` of the tokens".to_owned());
        }
        if self.rules.audience.trim().is_empty() {
            problems.push("the audience of `Jwt::new` is empty; name the `aud` that stands for this service".to_owned());
        }
        if self.max_token_bytes == 0 {
            problems.push("`max_token_bytes(0)` refuses every token; leave it out for 8 KiB".to_owned());
        }
        let mut ids = HashSet::new();
        for id in self.keys.iter().filter_map(JwtKey::id) {
            if !ids.insert(id) {
                problems.push(format!("two keys of `Jwt` have the id `{id}`; a token that names it means one of them"));
            }
        }
        problems
    }

    /// Everything that must hold, in the order of what it costs and of what can be believed by then.
    fn verify(&self, token: &str, now: Duration, rule_book: &'static RuleBook) -> Result<Verified, &'static str> {
        let (message, signature) = token.rsplit_once('.').ok_or("the token is not three parts")?;
        let (header, payload) = message.split_once('.').ok_or("the token is not three parts")?;
        if payload.contains('.') {
            return Err("the token is not three parts");
        }
        let header = decode(header, "the header is not base64url")?;
        let header = Header::read(&header)?;
        self.rules.check_media_type(header.media_type.as_deref())?;
        self.check_signature(&header, message, signature)?;

        let claims = decode(payload, "the claims are not base64url")?;
        let claims = json::object(&claims).ok_or("the claims are not one JSON object without duplicate members")?;
        let (details, validity) = self.rules.read(claims)?;
        self.check_time(&validity, now)?;
        let bytes = cache::size_of(token, &details);
        Ok(Verified::new(Principal::new(details, rule_book), validity, bytes))
    }

    fn check_signature(&self, header: &Header, message: &str, signature: &str) -> Result<(), &'static str> {
        let key_id = header.key_id.as_deref();
        let mut named = self.keys.iter().filter(|key| key_id.is_none() || key.id() == key_id).peekable();
        if named.peek().is_none() {
            return Err("no key has the `kid` of the token");
        }
        let mut candidates = named.filter(|key| key.algorithm() == header.algorithm).peekable();
        if candidates.peek().is_none() {
            return Err("`alg` is not the algorithm of the key");
        }
        let signature = decode(signature, "the signature is not base64url")?;
        if candidates.any(|key| key.verifies(message.as_bytes(), &signature)) {
            Ok(())
        } else {
            Err("the signature does not hold")
        }
    }

    fn check_time(&self, validity: &Validity, now: Duration) -> Result<(), &'static str> {
        validity.check(now, self.rules.leeway)
    }
}

/// Decodes base64url without padding. One text for one value: stray bits at the end are refused.
fn decode(text: &str, otherwise: &'static str) -> Result<Vec<u8>, &'static str> {
    URL_SAFE_NO_PAD.decode(text).map_err(|_| otherwise)
}
