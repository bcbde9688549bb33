//! What changed about the roles, the scopes and the doors past the policies.
//! Roles and scopes admit nobody by themselves: what they do to an endpoint is said of the endpoint.

use super::{Aspect, Class, Detail, quoted, quoted_list};
use crate::{Caller, Lock};
use std::collections::{BTreeMap, BTreeSet};

/// The roles that came, went, or include others than before.
pub(super) fn roles(old: &Lock, new: &Lock) -> Vec<Detail> {
    let (was, is): (BTreeSet<&str>, BTreeSet<&str>) = (old.roles.names().collect(), new.roles.names().collect());
    let mut details = Vec::new();
    let mut say = |text: String| details.push(Detail::new(Aspect::Role, Class::Equivalent, text));
    for role in was.union(&is) {
        let (before, now): (BTreeSet<&str>, BTreeSet<&str>) =
            (old.roles.included_by(role).collect(), new.roles.included_by(role).collect());
        if !was.contains(role) {
            say(format!("{} is new and includes {}", quoted(role), quoted_list(now)));
        } else if !is.contains(role) {
            say(format!("{} is gone, and included {}", quoted(role), quoted_list(before)));
        } else {
            let (gained, lost): (Vec<&str>, Vec<&str>) =
                (now.difference(&before).copied().collect(), before.difference(&now).copied().collect());
            if !gained.is_empty() {
                say(format!("{} includes now {}", quoted(role), quoted_list(gained)));
            }
            if !lost.is_empty() {
                say(format!("{} includes no more {}", quoted(role), quoted_list(lost)));
            }
        }
    }
    details
}

/// The scopes that came, went, or mean something else.
pub(super) fn scopes(old: &Lock, new: &Lock) -> Vec<Detail> {
    let names: BTreeSet<&String> = old.scopes.keys().chain(new.scopes.keys()).collect();
    let text = |name: &String| {
        let quoted_name = quoted(name);
        match (old.scopes.get(name), new.scopes.get(name)) {
            (None, Some(is)) => Some(format!("{quoted_name} is new, and means {}", quoted(is))),
            (Some(was), None) => Some(format!("{quoted_name} is gone, and meant {}", quoted(was))),
            (Some(was), Some(is)) if was != is => Some(format!("{quoted_name} meant {} and means {}", quoted(was), quoted(is))),
            _ => None,
        }
    };
    names.into_iter().filter_map(text).map(|text| Detail::new(Aspect::Scope, Class::Equivalent, text)).collect()
}

/// The routers without policies that came or went, or have another reason, by prefix.
pub(super) fn unsecured(old: &Lock, new: &Lock) -> Vec<(String, Vec<Detail>)> {
    let (was, is) = (by_prefix(old), by_prefix(new));
    let prefixes: BTreeSet<&str> = was.keys().chain(is.keys()).copied().collect();
    let details = |prefix: &str| {
        let mut gone = was.get(prefix).cloned().unwrap_or_default();
        let mut come = Vec::new();
        // Of several with one reason, as many stay as both sides have.
        for reason in is.get(prefix).into_iter().flatten() {
            match gone.iter().position(|other| other == reason) {
                Some(stayed) => drop(gone.remove(stayed)),
                None => come.push(*reason),
            }
        }
        let (mut gone, mut come) = (gone.into_iter(), come.into_iter());
        let mut details = Vec::new();
        loop {
            details.push(match (gone.next(), come.next()) {
                (None, None) => return details,
                (Some(was), Some(is)) => {
                    Detail::said(Aspect::Reason, Class::Equivalent, Some(was), Some(is), "it is open as before")
                }
                (Some(was), None) => {
                    Detail::new(Aspect::Presence, Class::Tightened, format!("gone: it was unsecured because {}", quoted(was)))
                }
                (None, Some(is)) => Detail {
                    caller: Some(Caller::Anonymous),
                    ..Detail::new(Aspect::Presence, Class::Widened, format!("new: no policy guards it, because {}", quoted(is)))
                },
            });
        }
    };
    prefixes.into_iter().map(|prefix| (prefix.to_owned(), details(prefix))).collect()
}

fn by_prefix(lock: &Lock) -> BTreeMap<&str, Vec<&str>> {
    let mut doors: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (prefix, reason) in &lock.unsecured {
        doors.entry(prefix).or_default().push(reason);
    }
    doors.values_mut().for_each(|reasons| reasons.sort_unstable());
    doors
}
