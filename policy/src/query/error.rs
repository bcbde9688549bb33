//! Why a question about a lock has no answer, or not the one that was to be proved.
//! Each says what to write instead, or who gets through and where.

use crate::{Caller, GrammarError, Lock, LockedRoute, grammar::Quoted, suggest, visible};
use std::fmt;

/// Why a question has no answer, or a proof fails.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum QueryError {
    /// The text names no endpoint.
    Route(GrammarError),
    /// Nothing in the lock is like what was asked for; the message says what is.
    Unknown(String),
    /// The access of this endpoint, or the caller, has more roles and scopes than can be tried.
    TooLarge(LockedRoute),
    /// The endpoint admits the caller, with no more than this.
    Reached {
        /// The endpoint.
        route: LockedRoute,
        /// What it takes of what the caller holds.
        caller: Caller,
    },
    /// A router without policies may route what was to be unreachable.
    Unsecured {
        /// The paths.
        paths: String,
        /// The prefix of the router, which is empty at the root.
        prefix: String,
    },
}

impl QueryError {
    pub(super) fn endpoint(asked: &LockedRoute, lock: &Lock) -> Self {
        let asked = asked.to_string();
        let known: Vec<String> = lock.endpoints.keys().map(ToString::to_string).collect();
        Self::unknown("endpoint", &asked, known.iter().map(String::as_str))
    }

    pub(super) fn unknown<'a>(what: &str, asked: &str, known: impl Iterator<Item = &'a str>) -> Self {
        /// A longer list is no help.
        const MOST: usize = 10;

        let known: Vec<&str> = known.collect();
        let near = suggest::closest(asked, known.iter().copied()).map(|near| format!(" did you mean `{near}`?"));
        let list = match known.len() {
            count if count > MOST => format!("there are {count} {what}s"),
            _ => format!("the {what}s are {}", suggest::list(known)),
        };
        let message = format!("unknown {what} {}:{} {list}", Quoted(asked), near.unwrap_or_default());
        Self::Unknown(visible(&message).into_owned())
    }

    pub(super) fn paths(paths: &str, lock: &Lock) -> Self {
        let paths_of: Vec<String> = lock.endpoints.keys().map(|route| visible(&route.path).into_owned()).collect();
        let near = suggest::closest(paths, paths_of.iter().map(String::as_str));
        let near = near.map(|near| format!("; the nearest path is `{near}`")).unwrap_or_default();
        Self::Unknown(format!("no endpoint is under {}, so that nothing would be proved{near}", Quoted(paths)))
    }
}

/// Prints in lower case, without a final period.
impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Route(error) => error.fmt(f),
            Self::Unknown(message) => f.write_str(message),
            Self::TooLarge(route) => {
                write!(f, "there are more roles and scopes than can be tried at `{route}`: name fewer of them")
            }
            Self::Reached { route, caller } => write!(f, "`{route}` admits {}", visible(&caller.to_string())),
            Self::Unsecured { paths, prefix } => {
                let at = if prefix.is_empty() { "the root".to_owned() } else { Quoted(prefix).to_string() };
                let remedy = "nest it under a path of its own, or secure it";
                write!(f, "a router without policies at {at} may route what is under {}: {remedy}", Quoted(paths))
            }
        }
    }
}

impl std::error::Error for QueryError {}
