//! The principal: who is calling, as authenticated.
//! Made by the guard only; a handler takes it as an argument, a condition sees it as `principal`.

use crate::{
    guard,
    output::{Viewer, as_seen_by},
};
use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use http::request::Parts;
use portcullis_policy::{Mask, Role, RuleBook, Scope};
use serde_json::{Map, Value};
use std::{fmt, sync::Arc, time::Duration};

/// How a principal proved who they are.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Scheme {
    /// A JSON Web Token in `Authorization: Bearer` (RFC 6750, RFC 7519).
    Jwt,
    /// An API key in `X-Api-Key`.
    ApiKey,
}

impl fmt::Display for Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Jwt => "jwt",
            Self::ApiKey => "api_key",
        })
    }
}

/// Who is calling, as authenticated. Cheap to clone.
///
/// A handler of an authenticated endpoint takes it as an argument. On a public endpoint only `Option<Principal>` compiles: it is
/// `None` for callers without credentials, and callers with bad ones are answered 401, never taken for nobody.
///
/// ```
/// use portcullis::prelude::*;
///
/// #[secure(authenticated)]
/// async fn me(principal: Principal) -> String {
///     format!("you are {}", principal.subject())
/// }
/// ```
#[derive(Clone)]
pub struct Principal(Arc<Identity>);

struct Identity {
    details: Details,
    grants: Mask,
    rule_book: &'static RuleBook,
}

/// What a scheme found out about a caller.
#[derive(Clone, Debug)]
pub(crate) struct Details {
    /// Who, within the issuer.
    pub(crate) subject: String,
    /// Who vouches for the subject: the `iss` of a token.
    pub(crate) issuer: Option<String>,
    pub(crate) scheme: Scheme,
    pub(crate) roles: Vec<String>,
    pub(crate) scopes: Vec<String>,
    pub(crate) claims: Map<String, Value>,
    /// The first second at which the credential is no longer good, since 1970.
    pub(crate) expires_at: Option<Duration>,
}

impl Principal {
    /// Settles the grants: roles and scopes that the rule book does not declare grant nothing.
    #[cfg_attr(
        not(any(feature = "jwt", feature = "api-key")),
        expect(dead_code, reason = "without schemes there is nobody to authenticate")
    )]
    pub(crate) fn new(details: Details, rule_book: &'static RuleBook) -> Self {
        let roles = details.roles.iter().filter_map(|name| rule_book.role(name)).map(Role::grant);
        let scopes = details.scopes.iter().filter_map(|name| rule_book.scope(name)).map(Scope::grant);
        let grants = roles.chain(scopes).fold(Mask::EMPTY, Mask::union);
        Self(Arc::new(Identity { details, grants, rule_book }))
    }

    /// Who is calling: the `sub` of the token, or the subject of the API key. Unique within the [`issuer`](Self::issuer).
    #[must_use]
    pub fn subject(&self) -> &str {
        &self.0.details.subject
    }

    /// Who vouches for the subject: the `iss` of the token. API keys have none.
    #[must_use]
    pub fn issuer(&self) -> Option<&str> {
        self.0.details.issuer.as_deref()
    }

    /// How the caller proved it.
    #[must_use]
    pub fn scheme(&self) -> Scheme {
        self.0.details.scheme
    }

    /// The roles of the credential as given, without the roles that they include.
    pub fn roles(&self) -> impl Iterator<Item = &str> {
        self.0.details.roles.iter().map(String::as_str)
    }

    /// The scopes of the credential as given.
    pub fn scopes(&self) -> impl Iterator<Item = &str> {
        self.0.details.scopes.iter().map(String::as_str)
    }

    /// Whether the caller has the role, directly or through a role that includes it. A role that the rule book does not declare
    /// is nobody's.
    #[must_use]
    pub fn has_role(&self, name: &str) -> bool {
        self.0.rule_book.role(name).is_some_and(|role| role.is_held_by(self.0.grants))
    }

    /// Whether the caller has the scope. A scope that the rule book does not declare is nobody's.
    #[must_use]
    pub fn has_scope(&self, name: &str) -> bool {
        self.0.rule_book.scope(name).is_some_and(|scope| self.0.grants.intersects(scope.grant()))
    }

    /// A claim of the token beyond the registered ones; API keys have none.
    #[must_use]
    pub fn claim(&self, name: &str) -> Option<&Value> {
        self.0.details.claims.get(name)
    }

    /// When the credential expires, since 1970-01-01T00:00:00Z, if it does.
    #[must_use]
    pub fn expires_at(&self) -> Option<Duration> {
        self.0.details.expires_at
    }

    /// Writes what this caller may see of types that derive [`Output`](crate::Output), where the guard does not: in a stream, in a task, in
    /// an answer made by hand. It is for as long as `write` runs, on this thread, and also ends with a panic. What `write` returns holds
    /// what this caller may see, so it goes to nobody else.
    ///
    /// ```
    /// use portcullis::{Output, Principal};
    /// use serde_json::Error;
    ///
    /// #[derive(Output)]
    /// struct Message {
    ///     text: String,
    ///     #[visible(authenticated)]
    ///     from: String,
    /// }
    ///
    /// fn event(message: &Message, reader: &Principal) -> Result<String, Error> {
    ///     reader.seeing(|| serde_json::to_string(message))
    /// }
    /// ```
    pub fn seeing<T>(&self, write: impl FnOnce() -> T) -> T {
        let _seen = as_seen_by(Some(Viewer::of(self)));
        write()
    }

    pub(crate) fn grants(&self) -> Mask {
        self.0.grants
    }

    /// The hash of the rule book that gave the grants their bits.
    pub(crate) fn rule_book(&self) -> u64 {
        self.0.rule_book.hash()
    }
}

/// Shows who and how, but no claims: they can be personal.
impl fmt::Debug for Principal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Details { subject, issuer, scheme, roles, scopes, .. } = &self.0.details;
        f.debug_struct("Principal")
            .field("subject", subject)
            .field("issuer", issuer)
            .field("scheme", scheme)
            .field("roles", roles)
            .field("scopes", scopes)
            .finish_non_exhaustive()
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Principal {
    type Rejection = crate::Denial;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        guard::principal_of(parts).await?.ok_or(crate::Denial::NoCredentials)
    }
}

impl<S: Send + Sync> OptionalFromRequestParts<S> for Principal {
    type Rejection = crate::Denial;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Option<Self>, Self::Rejection> {
        guard::principal_of(parts).await
    }
}
