//! Every caller that can matter to one predicate, under one hierarchy, and how to speak of one of them.
//! Made once for a predicate; its terms are asked about one after the other.

use super::{Predicate, Verdict};
use crate::{
    Caller, Roles, TooLarge,
    lattice::{Table, Universe},
    suggest::list,
};

/// The most roles and scopes of one predicate: 65,536 combinations, decided in well under a millisecond.
pub(super) const MOST_LEAVES: usize = 16;

pub(super) struct Cases<'a> {
    universe: Universe,
    roles: &'a Roles,
}

impl<'a> Cases<'a> {
    pub(super) fn of(predicate: &Predicate, roles: &'a Roles) -> Result<Self, TooLarge> {
        if predicate.leaves().len() > MOST_LEAVES {
            return Err(TooLarge);
        }
        Ok(Self { universe: Universe::of(predicate, roles), roles })
    }

    /// The combinations of grants in which the term is met.
    pub(super) fn met(&self, term: &Predicate) -> Table {
        self.universe.met(term, self.roles)
    }

    pub(super) fn constant(&self, value: bool) -> Table {
        self.universe.constant(value)
    }

    pub(super) fn verdict(&self, term: &Predicate) -> Verdict {
        let met = self.met(term);
        match (met.has_any(), met.not().has_any()) {
            (true, true) => Verdict::Depends,
            (true, false) => Verdict::Everybody,
            (false, _) => Verdict::Nobody,
        }
    }

    /// The caller with the fewest grants among these.
    pub(super) fn smallest(&self, table: &Table) -> Option<Caller> {
        self.universe.smallest(table)
    }

    pub(super) fn meets(&self, caller: &Caller, term: &Predicate) -> bool {
        term.is_met_by(caller, self.roles)
    }

    /// "a caller with the role `admin` has `user` through it, and passes by `role = "user"`", where `does` is "passes by".
    pub(super) fn outcome(&self, caller: &Caller, does: &str, term: &Predicate) -> String {
        match self.through(caller, term) {
            Some(has) => format!("{caller} has {has}, and {does} `{term}`"),
            None => format!("{caller} {does} `{term}`"),
        }
    }

    /// "`user` through it": the roles that the term names and that the caller has only because another includes them.
    fn through(&self, caller: &Caller, term: &Predicate) -> Option<String> {
        let Caller::Holding { roles: granted, scopes } = caller else { return None };
        let mut parts = Vec::new();
        let mut holder = None;
        for leaf in term.leaves() {
            if let Predicate::Role(name) = leaf
                && !granted.contains(name)
                && let Some(own) = granted.iter().find(|own| self.roles.includes(own, name))
            {
                parts.push(name.as_str());
                holder.get_or_insert(own);
            }
        }
        let holder = holder?;
        let it = if granted.len() == 1 && scopes.is_empty() { "it".to_owned() } else { format!("`{holder}`") };
        parts.retain(|part| self.roles.includes(holder, part));
        Some(format!("{} through {it}", list(parts)))
    }
}
