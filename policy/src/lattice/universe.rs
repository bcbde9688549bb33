//! The combinations of grants that can matter: of all that callers may hold, only what some requirement can tell apart.
//! Small enough to be tried, every one.

use super::{Admitted, Caller, Roles, Side, Table, TooLarge};
use crate::{Admission, Predicate};
use std::collections::BTreeMap;

/// The most kinds of grants that are tried: a million combinations, decided in a few milliseconds.
const MOST_KINDS: usize = 20;

/// A role or a scope that a credential can carry.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Grant {
    Role(String),
    Scope(String),
}

/// The grants that matter, each as a bit of the combinations' numbers.
#[derive(Debug)]
pub(crate) struct Universe(Vec<Grant>);

impl Universe {
    /// The weakest grant of each kind that matters to some sides: grants that satisfy the same leaves everywhere are alike.
    pub(crate) fn new(sides: &[Side<'_>]) -> Result<Self, TooLarge> {
        let mut leaves: Vec<(&Roles, &Predicate)> = Vec::new();
        for side in sides {
            if let Admission::Allow(predicate) = side.admission {
                leaves.extend(predicate.leaves().into_iter().map(|leaf| (side.roles, leaf)));
            }
        }
        let mut grants: Vec<Grant> = leaves.iter().filter_map(|(_, leaf)| Grant::of(leaf)).collect();
        for (roles, leaf) in &leaves {
            if let Predicate::Role(name) = leaf {
                grants.extend(roles.holders(name).into_iter().map(|holder| Grant::Role(holder.to_owned())));
            }
        }
        // A weaker role includes less; among equals the name decides, so that examples are stable.
        let strength = |grant: &Grant| sides.iter().map(|side| grant.strength(side.roles)).max();
        grants.sort_by_cached_key(|grant| (strength(grant), grant.clone()));
        grants.dedup();
        let mut kinds: BTreeMap<Vec<bool>, Grant> = BTreeMap::new();
        for grant in grants {
            let satisfied = leaves.iter().map(|(roles, leaf)| grant.satisfies(leaf, roles)).collect();
            kinds.entry(satisfied).or_insert(grant);
        }
        if kinds.len() > MOST_KINDS {
            return Err(TooLarge);
        }
        let mut kinds: Vec<Grant> = kinds.into_values().collect();
        kinds.sort();
        Ok(Self(kinds))
    }

    /// The grants that one predicate names, the weakest first. Under one hierarchy no others matter: a role that is not named satisfies
    /// what those named satisfy that it includes.
    pub(crate) fn of(predicate: &Predicate, roles: &Roles) -> Self {
        let mut grants: Vec<Grant> = predicate.leaves().into_iter().filter_map(Grant::of).collect();
        grants.sort_by_cached_key(|grant| (grant.strength(roles), grant.clone()));
        Self(grants)
    }

    /// How many combinations there are.
    pub(crate) fn combinations(&self) -> u64 {
        1 << self.0.len()
    }

    /// The table that has every combination, or none.
    pub(crate) fn constant(&self, value: bool) -> Table {
        Table::constant(value, self.0.len())
    }

    /// The combinations in which the predicate is met.
    pub(crate) fn met(&self, predicate: &Predicate, roles: &Roles) -> Table {
        let join = |terms: &[Predicate], start, join: fn(&Table, &Table) -> Table| {
            terms.iter().fold(self.constant(start), |table, term| join(&table, &self.met(term, roles)))
        };
        match predicate {
            Predicate::Authenticated => self.constant(true),
            Predicate::Role(_) | Predicate::Scope(_) => {
                let columns = self.0.iter().enumerate().filter(|(_, grant)| grant.satisfies(predicate, roles));
                columns.fold(self.constant(false), |table, (kind, _)| table.or(&Table::column(kind, self.0.len())))
            }
            Predicate::Any(terms) => join(terms, false, Table::or),
            Predicate::All(terms) => join(terms, true, Table::and),
            Predicate::Not(term) => self.met(term, roles).not(),
        }
    }

    /// Who is admitted on one side.
    pub(super) fn admitted(&self, side: Side<'_>) -> Admitted {
        match side.admission {
            Admission::Public(_) => Admitted { anonymous: true, holding: self.constant(true) },
            Admission::Authenticated => Admitted { anonymous: false, holding: self.constant(true) },
            Admission::Allow(predicate) => Admitted { anonymous: false, holding: self.met(predicate, side.roles) },
        }
    }

    /// The caller of the combination in which the fewest are granted.
    pub(crate) fn smallest(&self, table: &Table) -> Option<Caller> {
        table.smallest(self.0.len()).map(|case| self.caller(case))
    }

    /// The callers of the combinations, those with the fewest grants first.
    pub(super) fn callers(&self, table: &Table) -> Vec<Caller> {
        let mut cases: Vec<u64> = table.cases(self.0.len()).collect();
        cases.sort_by_key(|case| (case.count_ones(), *case));
        cases.into_iter().map(|case| self.caller(case)).collect()
    }

    /// The combinations that have another of the table in them and more.
    pub(super) fn above(&self, table: &Table) -> Table {
        // One kind after the other: what the first ones raised, the later ones raise further.
        let reached = (0..self.0.len()).fold(table.clone(), |found, kind| found.or(&found.raised(kind)));
        (0..self.0.len()).fold(self.constant(false), |found, kind| found.or(&reached.raised(kind)))
    }

    fn caller(&self, case: u64) -> Caller {
        let held = || self.0.iter().enumerate().filter(|(kind, _)| case >> kind & 1 == 1).map(|(_, grant)| grant);
        let roles = held().filter_map(|grant| if let Grant::Role(name) = grant { Some(name.as_str()) } else { None });
        let scopes = held().filter_map(|grant| if let Grant::Scope(name) = grant { Some(name.as_str()) } else { None });
        Caller::holding(roles, scopes)
    }
}

impl Grant {
    fn of(leaf: &Predicate) -> Option<Self> {
        match leaf {
            Predicate::Role(name) => Some(Self::Role(name.clone())),
            Predicate::Scope(name) => Some(Self::Scope(name.clone())),
            Predicate::Authenticated | Predicate::Any(_) | Predicate::All(_) | Predicate::Not(_) => None,
        }
    }

    fn satisfies(&self, leaf: &Predicate, roles: &Roles) -> bool {
        match (self, leaf) {
            (Self::Role(own), Predicate::Role(name)) => own == name || roles.includes(own, name),
            (Self::Scope(own), Predicate::Scope(name)) => own == name,
            _ => false,
        }
    }

    /// How many roles come with it.
    fn strength(&self, roles: &Roles) -> usize {
        match self {
            Self::Role(name) => roles.included_by(name).count(),
            Self::Scope(_) => 0,
        }
    }
}
