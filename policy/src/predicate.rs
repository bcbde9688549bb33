//! Requirements before the rule book gives them bits: what the macros reason about.
//! They find those that nobody or everybody meets, and the terms that decide nothing, which no author can have meant.

mod syntax;

use crate::{
    Admission, Roles,
    lattice::{Side, Universe},
};
use std::fmt;

/// A requirement as the source writes it, by names.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Predicate {
    /// Every caller who is authenticated: says aloud that a `not` opens the endpoint to all others.
    Authenticated,
    /// A role, or one that includes it.
    Role(String),
    /// A scope.
    Scope(String),
    /// At least one of these.
    Any(Vec<Predicate>),
    /// Each of these.
    All(Vec<Predicate>),
    /// Anything but this.
    Not(Box<Predicate>),
}

/// Who meets a [`Predicate`].
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Verdict {
    /// Some callers do and some do not: it decides something.
    Depends,
    /// No caller can: the endpoint would be dead.
    Nobody,
    /// Every caller does: the requirement only looks like one.
    Everybody,
    /// It names more roles and scopes than can be tried.
    TooLarge,
}

/// The most roles and scopes of one predicate: 65,536 combinations, decided in well under a millisecond.
const MOST_LEAVES: usize = 16;

impl Predicate {
    /// Who meets the predicate, decided by trying every combination of grants that the hierarchy of the roles allows.
    ///
    /// At most 16 different roles and scopes are tried; beyond that the verdict is [`Verdict::TooLarge`]. An empty `Any` is met by
    /// nobody, an empty `All` by everybody.
    ///
    /// ```
    /// use portcullis_policy::{Roles, predicate::{Predicate, Verdict}};
    ///
    /// let admin = Predicate::Role("admin".to_owned());
    /// let not_user = Predicate::Not(Box::new(Predicate::Role("user".to_owned())));
    /// let predicate = Predicate::All(vec![admin, not_user]);
    /// let admins_are_users = Roles::new([("admin", vec!["user"])]);
    /// assert_eq!(predicate.verdict(&Roles::default()), Verdict::Depends);
    /// assert_eq!(predicate.verdict(&admins_are_users), Verdict::Nobody);
    /// ```
    #[must_use]
    pub fn verdict(&self, roles: &Roles) -> Verdict {
        let Some(universe) = self.universe(roles) else { return Verdict::TooLarge };
        let met = universe.met(self, roles);
        match (met.has_any(), met.not().has_any()) {
            (true, true) => Verdict::Depends,
            (true, false) => Verdict::Everybody,
            (false, _) => Verdict::Nobody,
        }
    }

    /// The terms of `any` and `all` that decide nothing, because the others already do: each as the way to it from the root, by
    /// position. Of two alike, the later one. Empty where there are more than 16 different roles and scopes.
    ///
    /// ```
    /// use portcullis_policy::{Roles, predicate::Predicate};
    ///
    /// let either = Predicate::Any(vec![Predicate::Role("admin".into()), Predicate::Role("user".into())]);
    /// assert_eq!(either.redundant(&Roles::new([("admin", vec!["user"])])), [[0]], "every admin is a user");
    /// ```
    #[must_use]
    pub fn redundant(&self, roles: &Roles) -> Vec<Vec<usize>> {
        let mut found = Vec::new();
        if let Some(universe) = self.universe(roles) {
            self.collect_redundant(&universe, roles, &mut Vec::new(), &mut found);
        }
        found
    }

    fn collect_redundant(&self, universe: &Universe, roles: &Roles, way: &mut Vec<usize>, found: &mut Vec<Vec<usize>>) {
        let (terms, is_any) = match self {
            Self::Any(terms) => (terms, true),
            Self::All(terms) => (terms, false),
            Self::Not(term) => {
                way.push(0);
                term.collect_redundant(universe, roles, way, found);
                way.pop();
                return;
            }
            Self::Authenticated | Self::Role(_) | Self::Scope(_) => return,
        };
        let whole = universe.met(self, roles);
        // From the back, so that of two alike the later one goes; what went is not there any more to excuse the next.
        let mut kept: Vec<usize> = (0..terms.len()).collect();
        for index in (0..terms.len()).rev() {
            let others: Vec<Self> =
                kept.iter().filter(|kept| **kept != index).filter_map(|kept| terms.get(*kept).cloned()).collect();
            // `authenticated` is said for the reader, and never decides anything.
            let said_aloud = matches!(terms.get(index), Some(Self::Authenticated));
            let rest = if is_any { Self::Any(others) } else { Self::All(others) };
            if !said_aloud && kept.len() > 1 && universe.met(&rest, roles) == whole {
                kept.retain(|kept| *kept != index);
                found.push(way.iter().copied().chain([index]).collect());
            } else if let Some(term) = terms.get(index) {
                way.push(index);
                term.collect_redundant(universe, roles, way, found);
                way.pop();
            }
        }
    }

    /// The different roles and scopes, in order.
    #[must_use]
    pub fn leaves(&self) -> Vec<&Self> {
        let mut leaves = Vec::new();
        self.collect_leaves(&mut leaves);
        leaves
    }

    fn universe(&self, roles: &Roles) -> Option<Universe> {
        if self.leaves().len() > MOST_LEAVES {
            return None;
        }
        // The universe is of the leaves alone, and so is that of the same predicate as an admission.
        let admission = Admission::Allow(self.clone());
        Universe::new(&[Side { admission: &admission, roles }]).ok()
    }

    fn collect_leaves<'a>(&'a self, leaves: &mut Vec<&'a Self>) {
        match self {
            Self::Authenticated => {}
            Self::Role(_) | Self::Scope(_) => {
                if !leaves.contains(&self) {
                    leaves.push(self);
                }
            }
            Self::Any(terms) | Self::All(terms) => terms.iter().for_each(|term| term.collect_leaves(leaves)),
            Self::Not(term) => term.collect_leaves(leaves),
        }
    }
}

/// Prints in the syntax of `allow(…)`.
impl fmt::Display for Predicate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, terms) = match self {
            Self::Authenticated => return f.write_str("authenticated"),
            Self::Role(name) => return write!(f, "role = {name:?}"),
            Self::Scope(name) => return write!(f, "scope = {name:?}"),
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
mod tests;
