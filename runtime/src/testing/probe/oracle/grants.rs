//! Grants by their names, and who is admitted by them: an evaluation of the access tree over a set of names.
//! Written anew on purpose: what the guard or the lattice gets wrong must not be wrong here too.

use portcullis_policy::{Admission, Caller, Predicate, Roles};
use std::{collections::BTreeSet, fmt};

/// A role or a scope.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(in crate::testing::probe) enum Grant {
    Role(String),
    Scope(String),
}

/// What a credential carries.
#[derive(Clone, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub(in crate::testing::probe) struct Grants(pub(in crate::testing::probe) BTreeSet<Grant>);

impl Grants {
    pub(in crate::testing::probe) fn roles(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|grant| if let Grant::Role(name) = grant { Some(name.as_str()) } else { None })
    }

    pub(in crate::testing::probe) fn scopes(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|grant| if let Grant::Scope(name) = grant { Some(name.as_str()) } else { None })
    }

    pub(super) fn with(&self, grant: &Grant) -> Self {
        Self(self.0.iter().chain([grant]).cloned().collect())
    }

    pub(super) fn without(&self, grant: &Grant) -> Self {
        Self(self.0.iter().filter(|held| *held != grant).cloned().collect())
    }

    /// The same with every role that these roles include.
    fn unfolded(&self, hierarchy: &Roles) -> Self {
        let included = self.roles().flat_map(|role| hierarchy.included_by(role)).map(|role| Grant::Role(role.to_owned()));
        Self(self.0.iter().cloned().chain(included).collect())
    }
}

impl FromIterator<Grant> for Grants {
    fn from_iter<I: IntoIterator<Item = Grant>>(grants: I) -> Self {
        Self(grants.into_iter().collect())
    }
}

impl fmt::Display for Grants {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Caller::holding(self.roles(), self.scopes()).fmt(f)
    }
}

/// Whether somebody who holds these grants is admitted; `None` holds no credentials at all.
pub(in crate::testing::probe) fn admits(admission: &Admission, hierarchy: &Roles, caller: Option<&Grants>) -> bool {
    match (admission, caller) {
        (Admission::Public(_), _) => true,
        (_, None) => false,
        (Admission::Authenticated, Some(_)) => true,
        (Admission::Allow(predicate), Some(grants)) => meets(predicate, &grants.unfolded(hierarchy)),
    }
}

fn meets(predicate: &Predicate, held: &Grants) -> bool {
    match predicate {
        Predicate::Authenticated => true,
        Predicate::Role(name) => held.roles().any(|role| role == name),
        Predicate::Scope(name) => held.scopes().any(|scope| scope == name),
        Predicate::Any(terms) => {
            for term in terms {
                if meets(term, held) {
                    return true;
                }
            }
            false
        }
        Predicate::All(terms) => {
            for term in terms {
                if !meets(term, held) {
                    return false;
                }
            }
            true
        }
        Predicate::Not(term) => !meets(term, held),
    }
}

/// The roles and scopes that an access tree names.
pub(super) fn named(admission: &Admission) -> BTreeSet<Grant> {
    fn walk(predicate: &Predicate, found: &mut BTreeSet<Grant>) {
        match predicate {
            Predicate::Authenticated => {}
            Predicate::Role(name) => {
                found.insert(Grant::Role(name.clone()));
            }
            Predicate::Scope(name) => {
                found.insert(Grant::Scope(name.clone()));
            }
            Predicate::Any(terms) | Predicate::All(terms) => terms.iter().for_each(|term| walk(term, found)),
            Predicate::Not(term) => walk(term, found),
        }
    }
    let mut found = BTreeSet::new();
    if let Admission::Allow(predicate) = admission {
        walk(predicate, &mut found);
    }
    found
}
