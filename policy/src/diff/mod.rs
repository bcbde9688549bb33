//! What changed between two locks, by meaning and not by text: who gained access, who lost it, and what only reads differently.
//! What cannot be compared counts as widened, so that nobody has to trust what nobody has checked.

mod access;
mod change;
mod display;
mod facts;
mod grants;
mod pairs;
#[cfg(test)]
mod tests;

pub use change::{Aspect, Change, Class, Detail, Subject};

use crate::{Lock, suggest::list, visible};

/// Compares two locks.
///
/// Endpoints are the same where method and path are, however the parameters of the path are called. `*` is every method that the
/// path does not name, and GET answers HEAD.
///
/// ```
/// use portcullis_policy::{Lock, LockedRoute, Roles, Terms, diff::{self, Class}};
///
/// let lock = |access: &str| {
///     let terms = Terms::new("clinic::delete_user", access.parse().unwrap());
///     let endpoints = [(LockedRoute::new("DELETE", "/users/{id}"), terms)].into();
///     Lock { roles: Roles::new([("admin", vec!["user"])]), endpoints, ..Lock::default() }
/// };
/// let diff = diff::diff(&lock(r#"role = "admin""#), &lock(r#"role = "user""#));
/// assert!(diff.is_widened());
/// assert_eq!(diff.to_string(), "\
/// widened  DELETE /users/{id}
///   - `access` was `role = \"admin\"` and is `role = \"user\"`: it admits callers whom it refused
///     newly admitted: a caller with the role `user` (5 cases tried)
///
/// 1 widened, 0 tightened, 0 equivalent");
/// assert_eq!(diff::diff(&lock("authenticated"), &lock(r#"role = "user""#)).changes[0].class, Class::Tightened);
/// ```
#[must_use]
pub fn diff(old: &Lock, new: &Lock) -> Diff {
    let wide = [(Subject::Roles, grants::roles(old, new)), (Subject::Scopes, grants::scopes(old, new))];
    let endpoints = pairs::pairs(old, new).into_iter().map(|pair| {
        let details = pair.details(old, new);
        (Subject::Endpoint(pair.route), details)
    });
    let doors = grants::unsecured(old, new).into_iter().map(|(prefix, details)| (Subject::Unsecured(prefix), details));
    let changes = wide.into_iter().chain(endpoints).chain(doors).filter_map(|(subject, details)| {
        let class = details.iter().map(|detail| detail.class).max()?;
        Some(Change { subject, class, details })
    });
    Diff { changes: changes.collect() }
}

/// All that changed: roles, scopes, endpoints by path and method, doors. It prints for people, the worst first.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Diff {
    /// The changes, one for each subject that has any.
    pub changes: Vec<Change>,
}

impl Diff {
    /// Whether a change lets more through than before, or cannot be compared.
    #[must_use]
    pub fn is_widened(&self) -> bool {
        self.count(Class::Widened) > 0
    }

    /// Whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// How many changes are of a class.
    #[must_use]
    pub fn count(&self, class: Class) -> usize {
        self.changes.iter().filter(|change| change.class == class).count()
    }
}

/// A piece of a lock in backticks, whole, since it is what a reviewer decides about.
fn quoted(text: &str) -> String {
    format!("`{}`", visible(text))
}

/// Several pieces, each in backticks.
fn quoted_list<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    visible(&list(texts)).into_owned()
}
