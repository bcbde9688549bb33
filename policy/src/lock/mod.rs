//! The lock: the manifest as a file that is committed, so that a change of who may do what is a change that somebody reviews.

use crate::{Entry, Manifest, Roles, Route, RuleBook, Terms};
use std::collections::BTreeMap;

/// What `security.lock` says: every endpoint with its terms, every door past them, and the roles and scopes that they speak of.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Lock {
    /// The hierarchy of the roles.
    pub roles: Roles,
    /// The scopes and what they mean.
    pub scopes: BTreeMap<String, String>,
    /// The endpoints.
    pub endpoints: BTreeMap<LockedRoute, Terms>,
    /// The routers that were merged without policies: the prefix of each, and why.
    pub unsecured: Vec<(String, String)>,
}

/// Which requests an endpoint answers: one method of one path. Sorted by path, then by method.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct LockedRoute {
    /// The full path pattern, or the prefix of a fallback.
    pub path: String,
    /// The method in upper case; `*` is all of them; [`FALLBACK`](Self::FALLBACK) and
    /// [`METHOD_NOT_ALLOWED`](Self::METHOD_NOT_ALLOWED) are what a router has for the rest.
    pub method: String,
}

impl LockedRoute {
    /// Requests under the prefix that no path matches.
    pub const FALLBACK: &str = "FALLBACK";
    /// Requests under the prefix whose path matches and whose method does not.
    pub const METHOD_NOT_ALLOWED: &str = "METHOD_NOT_ALLOWED";

    /// The route of a method and a path.
    #[must_use]
    pub fn new(method: &str, path: &str) -> Self {
        Self { path: path.to_owned(), method: method.to_owned() }
    }

    /// The routes of a manifest's entry, one for each method.
    fn of(route: &Route) -> Vec<Self> {
        match route {
            Route::Path { methods, path } => methods.iter().map(|method| Self::new(method, path)).collect(),
            Route::Fallback { prefix } => vec![Self::new(Self::FALLBACK, prefix)],
            Route::MethodNotAllowed { prefix } => vec![Self::new(Self::METHOD_NOT_ALLOWED, prefix)],
        }
    }
}

impl Lock {
    /// The lock of a manifest, under the rule book that its policies were compiled against.
    #[must_use]
    pub fn of(manifest: &Manifest, book: &RuleBook) -> Self {
        let scopes = book.scopes().iter().map(|scope| (scope.name().to_owned(), scope.meaning().to_owned()));
        let mut lock = Self { roles: Roles::of(book), scopes: scopes.collect(), ..Self::default() };
        for entry in manifest.entries() {
            match entry {
                Entry::Endpoint { route, policy } => {
                    lock.endpoints.extend(LockedRoute::of(route).into_iter().map(|route| (route, Terms::from(*policy))));
                }
                Entry::Unsecured { reason, prefix } => lock.unsecured.push((prefix.clone(), reason.clone())),
            }
        }
        lock
    }
}
