//! What a diff consists of: a subject, what changed about it, and how each change is to be taken.
//! Data alone: the text for people, JSON and annotations are made of it.

use super::quoted;
use crate::{Caller, LockedRoute, visible};
use std::fmt;

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
    pub(super) fn new(aspect: Aspect, class: Class, text: String) -> Self {
        Self { aspect, class, text, caller: None, cases: None }
    }

    /// A key that had another value or none: `` `body` was `64 KiB` and is not stated``, and what follows from it.
    pub(super) fn said(aspect: Aspect, class: Class, was: Option<&str>, is: Option<&str>, so: &str) -> Self {
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
