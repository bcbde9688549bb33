//! Who is admitted, decided exactly: every combination of roles and scopes that can matter is tried, and callers without credentials.
//! Rules, contradictions, the diff of two locks and the proofs all ask here, so that they cannot disagree.

mod caller;
mod roles;
mod table;
#[cfg(test)]
mod tests;

pub use caller::Caller;
pub use roles::Roles;

use crate::{Admission, Predicate};
use std::collections::BTreeMap;
use table::Table;

/// The most kinds of grants that are tried: a million combinations, decided in a few milliseconds.
const MOST_KINDS: usize = 20;

/// Who may call, under a hierarchy of roles: one side of a comparison.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// Who may call.
    pub admission: &'a Admission,
    /// The hierarchy.
    pub roles: &'a Roles,
}

/// There are more different roles and scopes than can be tried, so nothing is known.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct TooLarge;

/// Two sides over all cases that can matter to either.
///
/// ```
/// use portcullis_policy::{Admission, Caller, Comparison, Predicate, Roles, Side};
///
/// let roles = Roles::new([("user", vec![]), ("admin", vec!["user"])]);
/// let (admins, users) = (Admission::Allow(Predicate::Role("admin".into())), Admission::Allow(Predicate::Role("user".into())));
/// let of = |admission| Side { admission, roles: &roles };
/// let comparison = Comparison::new(of(&admins), of(&users)).unwrap();
/// assert_eq!(comparison.cases(), 5, "no credentials, nothing, user, admin, both");
/// assert_eq!(comparison.only_second(), Some(Caller::holding(["user"], [])));
/// assert_eq!(comparison.only_first(), None, "every admin is a user");
/// ```
#[derive(Debug)]
pub struct Comparison {
    kinds: Vec<Grant>,
    first: Admitted,
    second: Admitted,
}

/// A role or a scope that a credential can carry.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Grant {
    Role(String),
    Scope(String),
}

/// Who is admitted: without credentials, and in which combinations of grants.
#[derive(Debug)]
struct Admitted {
    anonymous: bool,
    holding: Table,
}

impl Comparison {
    /// Tries every case of two sides.
    ///
    /// # Errors
    /// [`TooLarge`], where there are more than 20 kinds of grants that differ in what they satisfy.
    pub fn new(first: Side<'_>, second: Side<'_>) -> Result<Self, TooLarge> {
        let universe = Universe::new(&[first, second])?;
        let (first, second) = (universe.admitted(first), universe.admitted(second));
        Ok(Self { kinds: universe.kinds.into_iter().map(|(grant, _)| grant).collect(), first, second })
    }

    /// How many cases were tried: all combinations of the grants that matter, and the caller without credentials.
    #[must_use]
    pub fn cases(&self) -> u64 {
        (1 << self.kinds.len()) + 1
    }

    /// Somebody whom only the first side admits, with as few grants as it takes.
    #[must_use]
    pub fn only_first(&self) -> Option<Caller> {
        self.example(&self.first, &self.second)
    }

    /// Somebody whom only the second side admits, with as few grants as it takes.
    #[must_use]
    pub fn only_second(&self) -> Option<Caller> {
        self.example(&self.second, &self.first)
    }

    fn example(&self, here: &Admitted, there: &Admitted) -> Option<Caller> {
        if here.anonymous && !there.anonymous {
            return Some(Caller::Anonymous);
        }
        let case = here.holding.and(&there.holding.not()).smallest(self.kinds.len())?;
        let held = || self.kinds.iter().enumerate().filter(|(kind, _)| case >> kind & 1 == 1).map(|(_, grant)| grant);
        let roles = held().filter_map(|grant| if let Grant::Role(name) = grant { Some(name.as_str()) } else { None });
        let scopes = held().filter_map(|grant| if let Grant::Scope(name) = grant { Some(name.as_str()) } else { None });
        Some(Caller::holding(roles, scopes))
    }
}

impl Side<'_> {
    /// Whether a caller is admitted.
    #[must_use]
    pub fn admits(self, caller: &Caller) -> bool {
        match (self.admission, caller) {
            (Admission::Public(_), _) | (Admission::Authenticated, Caller::Holding { .. }) => true,
            (_, Caller::Anonymous) => false,
            (Admission::Allow(predicate), Caller::Holding { roles, scopes }) => self.meets(predicate, roles, scopes),
        }
    }

    fn meets(self, predicate: &Predicate, granted: &[String], scopes: &[String]) -> bool {
        let meets = |term: &Predicate| self.meets(term, granted, scopes);
        match predicate {
            Predicate::Authenticated => true,
            Predicate::Role(name) => granted.iter().any(|own| own == name || self.roles.includes(own, name)),
            Predicate::Scope(name) => scopes.contains(name),
            Predicate::Any(terms) => terms.iter().any(meets),
            Predicate::All(terms) => terms.iter().all(meets),
            Predicate::Not(term) => !meets(term),
        }
    }
}

/// The grants that matter to some sides, of each kind one: grants that satisfy the same leaves everywhere are alike.
pub(crate) struct Universe {
    /// The weakest grant of each kind, and which of the leaves it satisfies.
    kinds: Vec<(Grant, Vec<bool>)>,
}

impl Universe {
    pub(crate) fn new(sides: &[Side<'_>]) -> Result<Self, TooLarge> {
        let mut leaves: Vec<(&Roles, &Predicate)> = Vec::new();
        for side in sides {
            if let Admission::Allow(predicate) = side.admission {
                leaves.extend(predicate.leaves().into_iter().map(|leaf| (side.roles, leaf)));
            }
        }
        let mut grants: Vec<Grant> = Vec::new();
        for (roles, leaf) in &leaves {
            match leaf {
                Predicate::Role(name) => {
                    grants.push(Grant::Role(name.clone()));
                    grants.extend(roles.holders(name).into_iter().map(|holder| Grant::Role(holder.to_owned())));
                }
                Predicate::Scope(name) => grants.push(Grant::Scope(name.clone())),
                Predicate::Authenticated | Predicate::Any(_) | Predicate::All(_) | Predicate::Not(_) => {}
            }
        }
        // A weaker role includes less; among equals the name decides, so that examples are stable.
        let strength = |grant: &Grant| match grant {
            Grant::Role(name) => sides.iter().map(|side| side.roles.included_by(name).count()).max().unwrap_or(0),
            Grant::Scope(_) => 0,
        };
        grants.sort_by_cached_key(|grant| (strength(grant), grant.clone()));
        grants.dedup();
        let mut kinds: BTreeMap<Vec<bool>, Grant> = BTreeMap::new();
        for grant in grants {
            let satisfies = |(roles, leaf): &(&Roles, &Predicate)| match (&grant, leaf) {
                (Grant::Role(own), Predicate::Role(name)) => own == name || roles.includes(own, name),
                (Grant::Scope(own), Predicate::Scope(name)) => own == name,
                _ => false,
            };
            kinds.entry(leaves.iter().map(satisfies).collect()).or_insert(grant);
        }
        if kinds.len() > MOST_KINDS {
            return Err(TooLarge);
        }
        let mut kinds: Vec<_> = kinds.into_iter().map(|(satisfied, grant)| (grant, satisfied)).collect();
        kinds.sort();
        Ok(Self { kinds })
    }

    /// The combinations in which the predicate is met.
    pub(crate) fn met(&self, predicate: &Predicate, roles: &Roles) -> Table {
        let size = self.kinds.len();
        let join = |terms: &[Predicate], start, join: fn(&Table, &Table) -> Table| {
            terms.iter().fold(Table::constant(start, size), |table, term| join(&table, &self.met(term, roles)))
        };
        let held = |satisfies: &dyn Fn(&Grant) -> bool| {
            let columns = self.kinds.iter().enumerate().filter(|(_, (grant, _))| satisfies(grant));
            columns.fold(Table::constant(false, size), |table, (kind, _)| table.or(&Table::column(kind, size)))
        };
        match predicate {
            Predicate::Authenticated => Table::constant(true, size),
            Predicate::Role(name) => held(&|grant| matches!(grant, Grant::Role(own) if own == name || roles.includes(own, name))),
            Predicate::Scope(name) => held(&|grant| matches!(grant, Grant::Scope(own) if own == name)),
            Predicate::Any(terms) => join(terms, false, Table::or),
            Predicate::All(terms) => join(terms, true, Table::and),
            Predicate::Not(term) => self.met(term, roles).not(),
        }
    }

    fn admitted(&self, side: Side<'_>) -> Admitted {
        let everybody = Table::constant(true, self.kinds.len());
        match side.admission {
            Admission::Public(_) => Admitted { anonymous: true, holding: everybody },
            Admission::Authenticated => Admitted { anonymous: false, holding: everybody },
            Admission::Allow(predicate) => Admitted { anonymous: false, holding: self.met(predicate, side.roles) },
        }
    }
}
