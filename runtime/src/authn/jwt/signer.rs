//! Issuing tokens, for services that log their users in themselves.
//! What it signs is what [`Jwt`](super::Jwt) accepts: issuer, audience and lifetime cannot be left out.

use super::{SigningKey, claims::REGISTERED};
use crate::clock::{Clock, SystemClock};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Map, Value, json};
use std::{sync::Arc, time::Duration};

/// Why a token cannot be issued.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum SignError {
    /// The token has no subject.
    #[error("the subject is empty; a token says who it stands for")]
    EmptySubject,
    /// The token would expire before it could be used.
    #[error("the lifetime is under a second; tokens count whole seconds")]
    NoLifetime,
    /// The claim is one that the signer sets.
    #[error("the claim `{0}` is set by the signer; use the method for it, or another name")]
    ReservedClaim(String),
    /// The scope is not a scope token of RFC 6749 §3.3: with a space in it, it would be two.
    #[error("`{0}` is not a scope; scopes are visible ASCII without spaces, quotes and backslashes")]
    InvalidScope(String),
    /// The cryptography failed.
    #[error("the token could not be signed")]
    Signature,
}

/// Issues tokens.
///
/// ```
/// use portcullis::jwt::{Signer, SigningKey};
/// use std::time::Duration;
///
/// let key = SigningKey::hs256("a secret of at least 32 random bytes")?;
/// let signer = Signer::new("https://id.example.com", "https://api.example.com", key);
/// let token = signer
///     .token("alice", Duration::from_secs(15 * 60))
///     .roles(["admin"])
///     .scopes(["reports:read"])
///     .claim("tenant", "acme")
///     .sign()?;
/// assert_eq!(token.split('.').count(), 3);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Signer {
    issuer: String,
    audience: String,
    key: SigningKey,
    media_type: &'static str,
    clock: Arc<dyn Clock>,
}

impl Signer {
    /// Issues tokens in the name of the issuer, for the audience.
    pub fn new(issuer: impl Into<String>, audience: impl Into<String>, key: SigningKey) -> Self {
        let clock = Arc::new(SystemClock::default());
        Self { issuer: issuer.into(), audience: audience.into(), key, media_type: "JWT", clock }
    }

    /// Issues access tokens of RFC 9068, with `typ` `at+jwt`. Each needs the [claim](NewToken::claim) `client_id` besides.
    #[must_use]
    pub fn access_tokens(mut self) -> Self {
        self.media_type = "at+jwt";
        self
    }

    /// Takes the time from this clock instead of the system's.
    #[must_use]
    pub fn clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.clock = clock;
        self
    }

    /// Starts a token that stands for the subject from now on, for so long. Fractions of a second are dropped.
    pub fn token(&self, subject: impl Into<String>, lifetime: Duration) -> NewToken<'_> {
        NewToken {
            signer: self,
            subject: subject.into(),
            lifetime,
            roles: Vec::new(),
            scopes: Vec::new(),
            auth_time: None,
            amr: Vec::new(),
            claims: Map::new(),
        }
    }
}

/// A token that is not signed yet.
#[derive(Debug)]
#[must_use = "a token is nothing before `sign`"]
pub struct NewToken<'a> {
    signer: &'a Signer,
    subject: String,
    lifetime: Duration,
    roles: Vec<String>,
    scopes: Vec<String>,
    auth_time: Option<u64>,
    amr: Vec<String>,
    claims: Map<String, Value>,
}

impl NewToken<'_> {
    /// Adds roles, as the claim `roles`.
    pub fn roles(mut self, roles: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.roles.extend(roles.into_iter().map(Into::into));
        self
    }

    /// Adds scopes, as the claim `scope`.
    pub fn scopes(mut self, scopes: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.scopes.extend(scopes.into_iter().map(Into::into));
        self
    }

    /// Says when the subject logged in, since 1970-01-01T00:00:00Z, as the claim `auth_time`. A token that is refreshed keeps the time of
    /// the login. Endpoints with `step_up(max_age = …)` want it; fractions of a second are dropped.
    ///
    /// ```
    /// use portcullis::jwt::{Signer, SigningKey};
    /// use std::time::{Duration, SystemTime, UNIX_EPOCH};
    ///
    /// let key = SigningKey::hs256("a secret of at least 32 random bytes")?;
    /// let signer = Signer::new("https://id.example.com", "https://api.example.com", key);
    /// let logged_in = SystemTime::now().duration_since(UNIX_EPOCH)?;
    /// let token = signer.token("alice", Duration::from_secs(900)).auth_time(logged_in).amr(["pwd", "otp", "mfa"]).sign()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn auth_time(mut self, unix_time: Duration) -> Self {
        self.auth_time = Some(unix_time.as_secs());
        self
    }

    /// Adds methods by which the subject logged in, as the claim `amr`, in the words of
    /// [RFC 8176](https://www.rfc-editor.org/rfc/rfc8176#section-2). Endpoints with `step_up(mfa)` want `mfa` among them.
    pub fn amr(mut self, methods: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.amr.extend(methods.into_iter().map(Into::into));
        self
    }

    /// Adds a claim of your own. Whoever holds the token can read it.
    pub fn claim(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.claims.insert(name.into(), value.into());
        self
    }

    /// Signs the token.
    ///
    /// # Errors
    /// An empty subject, a lifetime under a second, a claim that the signer sets, a scope that is none.
    pub fn sign(self) -> Result<String, SignError> {
        let Self { signer, subject, lifetime, roles, scopes, auth_time, amr, mut claims } = self;
        if subject.is_empty() {
            return Err(SignError::EmptySubject);
        }
        if lifetime < Duration::from_secs(1) {
            return Err(SignError::NoLifetime);
        }
        if let Some(name) = claims.keys().find(|name| REGISTERED.contains(&name.as_str()) || is_reserved(name)) {
            return Err(SignError::ReservedClaim(name.clone()));
        }
        if let Some(scope) = scopes.iter().find(|scope| !is_scope_token(scope)) {
            return Err(SignError::InvalidScope(scope.clone()));
        }
        let mut token_id = [0; 16];
        aws_lc_rs::rand::fill(&mut token_id).map_err(|_| SignError::Signature)?;
        let now = signer.clock.unix_time().as_secs();
        claims.insert("iss".to_owned(), signer.issuer.as_str().into());
        claims.insert("aud".to_owned(), signer.audience.as_str().into());
        claims.insert("sub".to_owned(), subject.into());
        claims.insert("iat".to_owned(), now.into());
        claims.insert("exp".to_owned(), now.saturating_add(lifetime.as_secs()).into());
        claims.insert("jti".to_owned(), URL_SAFE_NO_PAD.encode(token_id).into());
        if !roles.is_empty() {
            claims.insert("roles".to_owned(), roles.into());
        }
        if !scopes.is_empty() {
            claims.insert("scope".to_owned(), scopes.join(" ").into());
        }
        if let Some(seconds) = auth_time {
            claims.insert("auth_time".to_owned(), seconds.into());
        }
        if !amr.is_empty() {
            claims.insert("amr".to_owned(), amr.into());
        }
        let mut header = json!({ "typ": signer.media_type, "alg": signer.key.algorithm() });
        if let (Some(id), Value::Object(header)) = (signer.key.id(), &mut header) {
            header.insert("kid".to_owned(), id.into());
        }
        let message = format!("{}.{}", encode(&header.to_string()), encode(&Value::Object(claims).to_string()));
        let signature = signer.key.sign(message.as_bytes()).ok_or(SignError::Signature)?;
        Ok(format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }
}

/// What beyond the registered claims has a method of its own, or means something that we do not do (`cnf`).
fn is_reserved(claim: &str) -> bool {
    matches!(claim, "roles" | "scope" | "scp" | "auth_time" | "amr" | "cnf")
}

fn is_scope_token(scope: &str) -> bool {
    !scope.is_empty() && scope.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'"' && byte != b'\\')
}

fn encode(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(text)
}
