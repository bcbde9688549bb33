//! Which endpoint of one lock is which of the other: by method and path, as the router takes them.
//! `*` answers the methods that its path does not name, and GET answers HEAD where nothing else does.

use super::{Aspect, Class, Detail, access, facts, quoted};
use crate::{Lock, LockedRoute, Side, Terms};
use std::collections::{BTreeMap, BTreeSet};

/// What answers a method of a path in each lock.
pub(super) struct Pair<'a> {
    pub(super) route: LockedRoute,
    old: Option<Answer<'a>>,
    new: Option<Answer<'a>>,
}

/// The endpoint that answers.
type Answer<'a> = (&'a LockedRoute, &'a Terms);

/// The endpoints of one path by method.
type Methods<'a> = BTreeMap<&'a str, Answer<'a>>;

/// Every method that a path names in one of the locks, with who answers it in both.
pub(super) fn pairs<'a>(old: &'a Lock, new: &'a Lock) -> Vec<Pair<'a>> {
    let ambiguous: BTreeSet<String> = ambiguous(old).chain(ambiguous(new)).collect();
    let (old, new) = (by_path(old, &ambiguous), by_path(new, &ambiguous));
    let paths: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let nothing = Methods::new();
    let mut pairs = Vec::new();
    for path in paths {
        let (old, new) = (old.get(path).unwrap_or(&nothing), new.get(path).unwrap_or(&nothing));
        let methods: BTreeSet<&str> = old.keys().chain(new.keys()).copied().collect();
        for method in methods {
            let (was, is) = (answer(old, method), answer(new, method));
            if let Some((route, _)) = is.or(was) {
                pairs.push(Pair { route: LockedRoute::new(method, &route.path), old: was, new: is });
            }
        }
    }
    pairs.sort_by(|one, other| one.route.cmp(&other.route));
    pairs
}

/// Paths that match the same requests and answer the same method: no router has them, and they are told apart by their text.
fn ambiguous(lock: &Lock) -> impl Iterator<Item = String> {
    let mut seen = BTreeSet::new();
    lock.endpoints
        .keys()
        .map(|route| (route.shape(), &route.method))
        .filter(move |key| !seen.insert(key.clone()))
        .map(|(shape, _)| shape)
}

fn by_path<'a>(lock: &'a Lock, ambiguous: &BTreeSet<String>) -> BTreeMap<String, Methods<'a>> {
    let mut paths: BTreeMap<String, Methods<'a>> = BTreeMap::new();
    for (route, terms) in &lock.endpoints {
        let shape = route.shape();
        let key = if ambiguous.contains(&shape) { route.path.clone() } else { shape };
        paths.entry(key).or_default().insert(&route.method, (route, terms));
    }
    paths
}

fn answer<'a>(methods: &Methods<'a>, method: &str) -> Option<Answer<'a>> {
    LockedRoute::answered_by(method).find_map(|method| methods.get(method)).copied()
}

impl Pair<'_> {
    /// All that changed.
    pub(super) fn details(&self, old: &Lock, new: &Lock) -> Vec<Detail> {
        let was = |terms| Side { admission: terms, roles: &old.roles };
        let is = |terms| Side { admission: terms, roles: &new.roles };
        match (self.old, self.new) {
            (Some((route, terms)), Some((new_route, new_terms))) => {
                let mut details = Vec::new();
                if route.path != new_route.path {
                    let (old, new) = (quoted(&route.path), quoted(&new_route.path));
                    let text = format!("the path was written {old} and is written {new}, which matches the same requests");
                    details.push(Detail::new(Aspect::Path, Class::Equivalent, text));
                }
                details.extend(access::compared(was(&terms.admission), is(&new_terms.admission)));
                details.extend(facts::compared(terms, new_terms, &old.roles, &new.roles));
                details
            }
            (None, Some((_, terms))) => vec![access::added(terms, is(&terms.admission))],
            (Some((_, terms)), None) => vec![access::removed(terms, was(&terms.admission))],
            (None, None) => Vec::new(),
        }
    }
}
