//! The roles and scopes of a lock, and whether what its endpoints ask for is among them.
//! A name that nothing declares is a slip of a hand or a merge: nobody would know who holds it.

use super::{Block, REWRITE, fields::Fields, meant};
use crate::{Admission, Lock, Predicate, Roles, file::Errors, file::kind, grammar::Quoted};
use std::collections::BTreeMap;
use toml::de::DeValue;

/// The hierarchy.
pub(super) fn roles(table: Option<Block<'_>>, errors: &mut Errors) -> Roles {
    let Some(table) = table.map(toml::Spanned::into_inner) else { return Roles::default() };
    let mut inclusions: Vec<(&str, Vec<&str>)> = Vec::new();
    let mut places = Vec::new();
    for (key, value) in table {
        let role = key.get_ref().as_ref();
        let DeValue::Array(array) = value.get_ref() else {
            let message = format!("{} is {}, not a list of roles: {REWRITE}", Quoted(role), kind(value.get_ref()));
            errors.add(value.span().start, message);
            continue;
        };
        let mut parts = Vec::new();
        for item in array {
            match item.get_ref() {
                DeValue::String(part) => {
                    places.push((role, part.as_ref(), item.span().start));
                    parts.push(part.as_ref());
                }
                other => {
                    let message = format!("a role includes roles by name, and this is {}: {REWRITE}", kind(other));
                    errors.add(item.span().start, message);
                }
            }
        }
        inclusions.push((role, parts));
    }
    let roles = Roles::new(inclusions);
    for (role, part, start) in places {
        if role == part || roles.includes(part, role) {
            errors.add(start, format!("{} includes {} and is included by it: {REWRITE}", Quoted(role), Quoted(part)));
        } else if !table.contains_key(part) {
            let meant = meant(part, table.keys().map(|key| key.get_ref().as_ref()));
            errors.add(start, format!("unknown role {}:{meant} {REWRITE}", Quoted(part)));
        }
    }
    roles
}

/// The scopes and their meanings.
pub(super) fn scopes(table: Option<Block<'_>>, errors: &mut Errors) -> BTreeMap<String, String> {
    let mut scopes = BTreeMap::new();
    for (key, value) in table.map(toml::Spanned::into_inner).into_iter().flatten() {
        match value.get_ref() {
            DeValue::String(meaning) => drop(scopes.insert(key.get_ref().to_string(), meaning.to_string())),
            other => {
                let message = format!("{} is {}, not the meaning of a scope: {REWRITE}", Quoted(key.get_ref()), kind(other));
                errors.add(value.span().start, message);
            }
        }
    }
    scopes
}

/// Reports what an access that stands here asks for and the lock does not declare.
pub(super) fn check(admission: &Admission, start: usize, lock: &Lock, fields: &mut Fields<'_, '_>) {
    let Admission::Allow(predicate) = admission else { return };
    for leaf in predicate.leaves() {
        let (what, name, is_known) = match leaf {
            Predicate::Role(name) => ("role", name, lock.roles.names().any(|role| role == name)),
            Predicate::Scope(name) => ("scope", name, lock.scopes.contains_key(name)),
            Predicate::Authenticated | Predicate::Any(_) | Predicate::All(_) | Predicate::Not(_) => continue,
        };
        if !is_known {
            let meant = match what {
                "role" => meant(name, lock.roles.names()),
                _ => meant(name, lock.scopes.keys().map(String::as_str)),
            };
            fields.errors.add(start, format!("unknown {what} {}:{meant} {REWRITE}", Quoted(name)));
        }
    }
}
