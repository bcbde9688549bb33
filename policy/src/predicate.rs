//! Requirements before the rule book gives them bits: what the macros reason about.
//! They find those that nobody or everybody meets, and the terms that decide nothing, which no author can have meant.

mod cases;
mod constant;
mod mistakes;
mod reason;
mod redundancy;
mod syntax;

pub use mistakes::Mistake;

use crate::{Caller, Roles, TooLarge};
use cases::Cases;
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
        Cases::of(self, roles).map_or(Verdict::TooLarge, |cases| cases.verdict(self))
    }

    /// The terms of `any` and `all` that decide nothing, at any depth: who is admitted stays the same without all of them together.
    /// Each as the way to it from the root, by position; of two alike, the later one. Empty where nobody or everybody meets the whole, and
    /// where there are more than 16 different roles and scopes.
    ///
    /// ```
    /// use portcullis_policy::{Roles, predicate::Predicate};
    ///
    /// let either = Predicate::Any(vec![Predicate::Role("admin".into()), Predicate::Role("user".into())]);
    /// assert_eq!(either.redundant(&Roles::new([("admin", vec!["user"])])), [[0]], "every admin is a user");
    /// ```
    #[must_use]
    pub fn redundant(&self, roles: &Roles) -> Vec<Vec<usize>> {
        Cases::of(self, roles).map_or_else(|_| Vec::new(), |cases| redundancy::ways(self, &cases))
    }

    /// What no author can have meant, with an example of a caller for each: a predicate that nobody or everybody meets, terms that decide
    /// nothing, and a `not` that opens to every caller with credentials without saying so. In the order of the source.
    ///
    /// A caller with no role and no scope meets a `not`, and that is accepted only where `authenticated` is said aloud: in each `any` by
    /// which that caller passes, every way, and of each `all` on the way, one term. So `all(authenticated, not(…))` is accepted, and
    /// `any(role = "…", not(…))` is not.
    ///
    /// # Errors
    /// [`TooLarge`], where there are more than 16 different roles and scopes.
    ///
    /// ```
    /// use portcullis_policy::{Roles, predicate::Predicate};
    ///
    /// let role = |name: &str| Predicate::Role(name.to_owned());
    /// let never = Predicate::All(vec![role("admin"), Predicate::Not(Box::new(role("user")))]);
    /// let mistakes = never.mistakes(&Roles::new([("admin", vec!["user"])])).unwrap();
    /// assert_eq!(mistakes[0].way, [1], "the caret is on the `not`");
    /// assert!(mistakes[0].message.contains("a caller with the role `admin` has `user` through it"));
    /// ```
    pub fn mistakes(&self, roles: &Roles) -> Result<Vec<Mistake>, TooLarge> {
        self.mistakes_within("allow", roles)
    }

    /// The same, where the predicate stands in the parentheses of another word than `allow`, for the remedies to name that.
    ///
    /// # Errors
    /// [`TooLarge`], where there are more than 16 different roles and scopes.
    ///
    /// ```
    /// use portcullis_policy::{Roles, predicate::Predicate};
    ///
    /// let guests = Predicate::Not(Box::new(Predicate::Role("user".to_owned())));
    /// let mistakes = guests.mistakes_within("visible", &Roles::default()).unwrap();
    /// assert!(mistakes[0].message.ends_with(r#"say so: `visible(all(authenticated, not(role = "user")))`"#));
    /// ```
    pub fn mistakes_within(&self, word: &'static str, roles: &Roles) -> Result<Vec<Mistake>, TooLarge> {
        Ok(mistakes::mistakes(self, word, &Cases::of(self, roles)?))
    }

    /// The different roles and scopes, in order.
    #[must_use]
    pub fn leaves(&self) -> Vec<&Self> {
        let mut leaves = Vec::new();
        self.collect_leaves(&mut leaves);
        leaves
    }

    /// Whether a caller meets it.
    pub(crate) fn is_met_by(&self, caller: &Caller, roles: &Roles) -> bool {
        let Caller::Holding { roles: granted, scopes } = caller else { return false };
        match self {
            Self::Authenticated => true,
            Self::Role(name) => granted.iter().any(|own| own == name || roles.includes(own, name)),
            Self::Scope(name) => scopes.contains(name),
            Self::Any(terms) => terms.iter().any(|term| term.is_met_by(caller, roles)),
            Self::All(terms) => terms.iter().all(|term| term.is_met_by(caller, roles)),
            Self::Not(term) => !term.is_met_by(caller, roles),
        }
    }

    /// Whether a caller with no role and no scope meets it.
    fn is_met_by_nothing(&self) -> bool {
        match self {
            Self::Authenticated => true,
            Self::Role(_) | Self::Scope(_) => false,
            Self::Any(terms) => terms.iter().any(Self::is_met_by_nothing),
            Self::All(terms) => terms.iter().all(Self::is_met_by_nothing),
            Self::Not(term) => !term.is_met_by_nothing(),
        }
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
