//! What changed between two locks, by meaning and not by text: who gained access, who lost it, and what only reads differently.
//! What cannot be compared counts as widened, so that nobody has to trust what nobody has checked.

mod access;
mod display;
mod facts;
mod grants;
mod pairs;
#[cfg(test)]
mod tests;

use crate::{Caller, Lock, LockedRoute, suggest::list, visible};
use std::fmt;

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

/// What changed about one subject.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Change {
    /// What it is about.
    pub subject: Subject,
    /// The worst class of the details.
    pub class: Class,
    /// What changed, at least one thing.
    pub details: Vec<Detail>,
}

/// What a change is about.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Subject {
    /// The hierarchy of the roles. What it does to endpoints is said of these.
    Roles,
    /// The scopes and their meanings.
    Scopes,
    /// An endpoint: the method that is looked at, and the path as the newer lock that has it writes it.
    Endpoint(LockedRoute),
    /// The routers without policies under a prefix, which is empty at the root.
    Unsecured(String),
}

/// Prints as the heading of a change: `DELETE /users/{id}`, `roles`.
impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Roles => f.write_str("roles"),
            Self::Scopes => f.write_str("scopes"),
            Self::Endpoint(route) => route.fmt(f),
            Self::Unsecured(prefix) if prefix.is_empty() => f.write_str("unsecured router at the root"),
            Self::Unsecured(prefix) => write!(f, "unsecured router at {}", visible(prefix)),
        }
    }
}

/// How a change is to be taken. The later, the worse.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Class {
    /// It lets the same through.
    Equivalent,
    /// It lets less through.
    Tightened,
    /// It lets more through, or cannot be compared.
    Widened,
}

impl Class {
    /// The word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Equivalent => "equivalent",
            Self::Tightened => "tightened",
            Self::Widened => "widened",
        }
    }
}

/// One thing that changed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Detail {
    /// Which part of the policy it is.
    pub aspect: Aspect,
    /// How it is to be taken.
    pub class: Class,
    /// What changed: lower case, no final period, nothing in it that is not seen as itself.
    pub text: String,
    /// Somebody who is newly admitted, or where it is tightened newly refused, with as few grants as it takes.
    pub caller: Option<Caller>,
    /// How many cases were tried to say so, where access was compared.
    pub cases: Option<u64>,
}

impl Detail {
    fn new(aspect: Aspect, class: Class, text: String) -> Self {
        Self { aspect, class, text, caller: None, cases: None }
    }

    /// A key that had another value or none: `` `body` was `64 KiB` and is not stated``, and what follows from it.
    fn said(aspect: Aspect, class: Class, was: Option<&str>, is: Option<&str>, so: &str) -> Self {
        let value = |text: Option<&str>| text.map_or_else(|| "not stated".to_owned(), quoted);
        let so = if so.is_empty() { String::new() } else { format!(": {so}") };
        Self::new(aspect, class, format!("`{}` was {} and is {}{so}", aspect.key(), value(was), value(is)))
    }

    /// The example in words, if there is one: `newly admitted: a caller with the role `user``.
    #[must_use]
    pub fn example(&self) -> Option<String> {
        let what = if self.class == Class::Widened { "admitted" } else { "refused" };
        self.caller.as_ref().map(|caller| visible(&format!("newly {what}: {caller}")).into_owned())
    }
}

/// A part of the policy that a detail is about.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Aspect {
    /// Whether there is an endpoint or a door at all.
    Presence,
    /// How the path is written.
    Path,
    /// Which function answers.
    Handler,
    /// Who may call.
    Access,
    /// Why the endpoint is public, or a router has no policies.
    Reason,
    /// The condition on the arguments.
    When,
    /// The rate limits.
    Rate,
    /// The largest body.
    Body,
    /// The time that a request may take.
    Timeout,
    /// How fresh and strong the login must be.
    StepUp,
    /// The audit record.
    Audit,
    /// What the body is validated as.
    Input,
    /// Whether and why unchecked input is read.
    Unvalidated,
    /// A role, and what it includes.
    Role,
    /// A scope, and what it means.
    Scope,
}

impl Aspect {
    /// The word for it: the key, where it has one.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Presence => "presence",
            Self::Path => "path",
            Self::Handler => "handler",
            Self::Access => "access",
            Self::Reason => "reason",
            Self::When => "when",
            Self::Rate => "rate",
            Self::Body => "body",
            Self::Timeout => "timeout",
            Self::StepUp => "step_up",
            Self::Audit => "audit",
            Self::Input => "input",
            Self::Unvalidated => "unvalidated",
            Self::Role => "role",
            Self::Scope => "scope",
        }
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
