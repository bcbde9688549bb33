//! The callers that an access tree is tried with: the empty set, each grant alone, all of them, and both sides of its boundary.
//! A small tree is tried with every combination of the grants that it names.

use super::grants::{Grant, Grants, admits, named};
use portcullis_policy::{Admission, Roles};
use std::collections::BTreeSet;

/// The most grants of a tree that is tried in every combination.
const MOST_IN_FULL: usize = 5;

/// The most grants of a tree whose whole boundary is looked for.
const MOST_SEARCHED: usize = 12;

/// The most callers at the boundary of one tree.
const MOST_AT_BOUNDARY: usize = 128;

/// Callers to try.
#[derive(Debug)]
pub(in crate::testing::probe) struct Cast {
    /// What each holds, each once.
    pub(in crate::testing::probe) callers: BTreeSet<Grants>,
    /// Whether there is more of the boundary than was taken.
    pub(in crate::testing::probe) cut: bool,
}

/// Who to try an access tree with, under these roles and scopes.
pub(in crate::testing::probe) fn cast(admission: &Admission, hierarchy: &Roles, declared: &[Grant]) -> Cast {
    let alone = declared.iter().map(|grant| Grants::from_iter([grant.clone()]));
    let mut callers: BTreeSet<Grants> = alone.chain([Grants::default(), declared.iter().cloned().collect()]).collect();
    let named: Vec<Grant> = named(admission).into_iter().collect();
    let (neighbours, cut) = match named.len() {
        names if names <= MOST_IN_FULL => (combinations(&named).collect(), false),
        names if names <= MOST_SEARCHED => {
            let admitted = |grants: &Grants| admits(admission, hierarchy, Some(grants));
            bounded(combinations(&named).flat_map(|grants| around(grants, &named, &admitted)))
        }
        _ => (path_to_boundary(admission, hierarchy, &named), true),
    };
    callers.extend(neighbours);
    Cast { callers, cut }
}

/// Every combination of the grants.
fn combinations(named: &[Grant]) -> impl Iterator<Item = Grants> {
    (0_u32..1 << named.len()).map(|bits| {
        let chosen = named.iter().enumerate().filter(|(bit, _)| bits >> bit & 1 == 1);
        chosen.map(|(_, grant)| grant.clone()).collect()
    })
}

/// Where these grants are as few as it takes, or as many as do not suffice: they, and their neighbours across the boundary.
fn around(grants: Grants, named: &[Grant], admitted: &impl Fn(&Grants) -> bool) -> Vec<Grants> {
    let here = admitted(&grants);
    let (held, lacking): (Vec<&Grant>, Vec<&Grant>) = named.iter().partition(|grant| grants.0.contains(grant));
    let neighbours: Vec<Grants> = match here {
        true => held.into_iter().map(|grant| grants.without(grant)).collect(),
        false => lacking.into_iter().map(|grant| grants.with(grant)).collect(),
    };
    match neighbours.iter().all(|neighbour| admitted(neighbour) != here) {
        true => neighbours.into_iter().chain([grants]).collect(),
        false => Vec::new(),
    }
}

fn bounded(callers: impl Iterator<Item = Grants>) -> (BTreeSet<Grants>, bool) {
    let mut found = BTreeSet::new();
    for grants in callers {
        if found.len() == MOST_AT_BOUNDARY && !found.contains(&grants) {
            return (found, true);
        }
        found.insert(grants);
    }
    (found, false)
}

/// For a tree with too many grants to try all combinations: what one comes by, who gives away one grant after the other.
fn path_to_boundary(admission: &Admission, hierarchy: &Roles, named: &[Grant]) -> BTreeSet<Grants> {
    let all: Grants = named.iter().cloned().collect();
    let one_less = named.iter().map(|grant| all.without(grant));
    let mut least = all.clone();
    for grant in named {
        let less = least.without(grant);
        if admits(admission, hierarchy, Some(&less)) == admits(admission, hierarchy, Some(&all)) {
            least = less;
        }
    }
    let below_least: Vec<Grants> = least.0.iter().map(|grant| least.without(grant)).collect();
    one_less.chain(below_least).chain([all.clone(), least]).take(MOST_AT_BOUNDARY).collect()
}
