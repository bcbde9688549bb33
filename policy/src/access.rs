//! Who may call an endpoint: the access part of a policy, as a constant that the guard evaluates with masks.
//! The same tree prints itself for people, in the syntax of `#[secure]`.

use crate::Mask;
use std::fmt;

/// Who may call an endpoint. Every policy states exactly one.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Access {
    /// Anybody, with the reason that the source gives for it.
    Public(Option<&'static str>),
    /// Anybody who proved who they are.
    Authenticated,
    /// Who proved who they are and meets the requirement.
    Allow(Requirement),
}

impl Access {
    /// Whether callers without credentials may pass.
    #[must_use]
    pub const fn is_public(&self) -> bool {
        matches!(self, Self::Public(_))
    }
}

/// Prints as the terms of `#[secure]`: `role = "admin"`, `allow(any(…))`, `public = "why"`.
impl fmt::Display for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Public(None) => f.write_str("public"),
            Self::Public(Some(reason)) => write!(f, "public = {reason:?}"),
            Self::Authenticated => f.write_str("authenticated"),
            Self::Allow(one @ (Requirement::Role(..) | Requirement::Scope(..))) => one.fmt(f),
            Self::Allow(tree) => write!(f, "allow({tree})"),
        }
    }
}

/// What an authenticated caller must hold, as a tree of roles and scopes.
///
/// ```
/// use portcullis_policy::{Mask, Requirement};
///
/// // The rule book gave `admin` bit 0 and `reports:read` bit 1.
/// const ADMIN_WHO_READS: Requirement = Requirement::All(&[
///     Requirement::Role("admin", Mask::from_words([0b01, 0, 0, 0])),
///     Requirement::Scope("reports:read", Mask::from_words([0b10, 0, 0, 0])),
/// ]);
/// assert!(ADMIN_WHO_READS.is_met_by(Mask::of(&[0, 1])));
/// assert!(!ADMIN_WHO_READS.is_met_by(Mask::of(&[0])));
/// assert_eq!(ADMIN_WHO_READS.to_string(), r#"all(role = "admin", scope = "reports:read")"#);
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Requirement {
    /// Nothing but credentials: says aloud that a `not` opens the endpoint to all others.
    Authenticated,
    /// A role; the mask has the role and every role that includes it.
    Role(&'static str, Mask),
    /// A scope and its bit.
    Scope(&'static str, Mask),
    /// At least one of these. Nobody meets an empty list.
    Any(&'static [Requirement]),
    /// Each of these. The macros refuse an empty list, and the guard lets nobody pass one.
    All(&'static [Requirement]),
    /// Anything but this.
    Not(&'static Requirement),
}

impl Requirement {
    /// Whether a caller who holds these grants meets the requirement.
    #[must_use]
    #[inline]
    pub fn is_met_by(&self, held: Mask) -> bool {
        match self {
            Self::Authenticated => true,
            Self::Role(_, mask) | Self::Scope(_, mask) => held.intersects(*mask),
            Self::Any(terms) => terms.iter().any(|term| term.is_met_by(held)),
            Self::All(terms) => !terms.is_empty() && terms.iter().all(|term| term.is_met_by(held)),
            Self::Not(term) => !term.is_met_by(held),
        }
    }

    /// The scopes that the requirement names outside `not(…)`, in order: what a 403 can tell the client to ask for.
    pub fn scopes(&self) -> Vec<&'static str> {
        match self {
            Self::Scope(name, _) => vec![name],
            Self::Authenticated | Self::Role(..) | Self::Not(_) => Vec::new(),
            Self::Any(terms) | Self::All(terms) => {
                let mut found = Vec::new();
                for scope in terms.iter().flat_map(Self::scopes) {
                    if !found.contains(&scope) {
                        found.push(scope);
                    }
                }
                found
            }
        }
    }
}

impl fmt::Display for Requirement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, terms) = match self {
            Self::Authenticated => return f.write_str("authenticated"),
            Self::Role(name, _) => return write!(f, "role = {name:?}"),
            Self::Scope(name, _) => return write!(f, "scope = {name:?}"),
            Self::Not(term) => return write!(f, "not({term})"),
            Self::Any(terms) => ("any", terms),
            Self::All(terms) => ("all", terms),
        };
        write!(f, "{name}(")?;
        for (index, term) in terms.iter().enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            write!(f, "{comma}{term}")?;
        }
        f.write_str(")")
    }
}

#[cfg(test)]
mod tests {
    use super::{Access, Requirement};
    use crate::Mask;

    const ROLE: Requirement = Requirement::Role("user", Mask::from_words([0b11, 0, 0, 0]));
    const READ: Requirement = Requirement::Scope("read", Mask::from_words([0b100, 0, 0, 0]));

    #[test]
    fn empty_lists_let_nobody_pass() {
        let everything = Mask::from_words([u64::MAX; 4]);
        assert!(!Requirement::Any(&[]).is_met_by(everything));
        assert!(!Requirement::All(&[]).is_met_by(everything));
    }

    #[test]
    fn a_caller_without_grants_meets_only_a_not() {
        for requirement in [ROLE, READ, Requirement::Any(&[ROLE, READ]), Requirement::All(&[ROLE, READ])] {
            assert!(!requirement.is_met_by(Mask::EMPTY), "{requirement}");
        }
        assert!(Requirement::Not(&ROLE).is_met_by(Mask::EMPTY));
    }

    #[test]
    fn a_superset_of_what_is_needed_passes() {
        assert!(Requirement::All(&[ROLE, READ]).is_met_by(Mask::from_words([u64::MAX; 4])));
    }

    #[test]
    fn scopes_are_named_once_and_never_from_a_not() {
        const TREE: Requirement =
            Requirement::All(&[READ, Requirement::Any(&[READ, ROLE]), Requirement::Not(&Requirement::Scope("x", Mask::EMPTY))]);
        assert_eq!(TREE.scopes(), ["read"]);
    }

    #[test]
    fn access_prints_as_it_is_written() {
        let printed = [Access::Public(None), Access::Public(Some("a \"probe\"")), Access::Authenticated, Access::Allow(ROLE)]
            .map(|access| access.to_string());
        assert_eq!(printed, ["public", r#"public = "a \"probe\"""#, "authenticated", r#"role = "user""#]);
        assert_eq!(Access::Allow(Requirement::Not(&READ)).to_string(), r#"allow(not(scope = "read"))"#);
    }
}
