//! The lock: the manifest as a file that is committed, so that a change of who may do what is a change that somebody reviews.

#[cfg(feature = "rule-book")]
mod read;
mod route;
#[cfg(test)]
pub(crate) mod tests;
mod write;

pub use route::LockedRoute;

use crate::{Entry, Manifest, Roles, RuleBook, Terms};
use std::collections::BTreeMap;

/// The version of the format that is written, and the only one that is read.
const VERSION: u32 = 1;

/// What `security.lock` says: every endpoint with its terms, every door past them, and the roles and scopes that they speak of.
///
/// It prints as the file, sorted and one fact a line, and says only what is stated; what it prints parses back.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Lock {
    /// The hierarchy of the roles.
    pub roles: Roles,
    /// The scopes and what they mean.
    pub scopes: BTreeMap<String, String>,
    /// The endpoints.
    pub endpoints: BTreeMap<LockedRoute, Terms>,
    /// The routers that were merged without policies: the prefix of each, and why, sorted.
    pub unsecured: Vec<(String, String)>,
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
        lock.unsecured.sort();
        lock
    }
}
