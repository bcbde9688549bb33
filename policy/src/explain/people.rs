//! Who may call, in English: a tree of roles and scopes as a clause that has one reading only.
//! Lists of names read as lists; where more is nested than English can carry, parentheses do.

use super::joined;
use crate::{Admission, Predicate, Roles};

/// The verb and the callers, to the end of the sentence.
pub(super) fn who(admission: &Admission) -> String {
    match admission {
        Admission::Public(None) => "may be called by anybody, without credentials; no reason is given.".to_owned(),
        Admission::Public(Some(reason)) => {
            format!("may be called by anybody, without credentials; the reason given is \"{reason}\".")
        }
        Admission::Authenticated | Admission::Allow(Predicate::Authenticated) => {
            "may be called by every authenticated caller.".to_owned()
        }
        Admission::Allow(Predicate::Any(terms)) if terms.is_empty() => "may be called by nobody.".to_owned(),
        Admission::Allow(predicate) => format!("may be called by every authenticated caller who {}.", clause(predicate, false)),
    }
}

/// For each role that the access names, who has it by having another.
pub(super) fn holders(admission: &Admission, roles: &Roles) -> Vec<String> {
    let Admission::Allow(predicate) = admission else { return Vec::new() };
    let sentence = |leaf: &Predicate| {
        let Predicate::Role(role) = leaf else { return None };
        let holders = roles.holders(role).into_iter().filter(|holder| holder != role);
        let holders: Vec<String> = holders.map(|holder| format!("`{holder}`")).collect();
        let (plural, verb) = if holders.len() == 1 { ("", "includes") } else { ("s", "include") };
        (!holders.is_empty()).then(|| format!("The role{plural} {} {verb} `{role}`.", joined(&holders, "and")))
    };
    predicate.leaves().into_iter().filter_map(sentence).collect()
}

/// What a caller does or has: `has the role `admin``. Inside another clause it stands in parentheses where it needs them.
fn clause(predicate: &Predicate, inside: bool) -> String {
    if let Some(held) = held(predicate, false) {
        return format!("has {held}");
    }
    match predicate {
        Predicate::Authenticated => "is authenticated".to_owned(),
        Predicate::Role(_) | Predicate::Scope(_) => String::new(),
        Predicate::Not(term) => denied(term),
        Predicate::Any(terms) if terms.is_empty() => "does what nobody can".to_owned(),
        Predicate::All(terms) if terms.is_empty() => "does as they like".to_owned(),
        Predicate::Any(terms) | Predicate::All(terms) => {
            let word = if matches!(predicate, Predicate::Any(_)) { ", or " } else { ", and " };
            let clauses: Vec<String> = terms.iter().map(|term| clause(term, terms.len() > 1)).collect();
            let text = clauses.join(word);
            if inside && terms.len() > 1 { format!("({text})") } else { text }
        }
    }
}

/// What a caller does not do or have.
fn denied(predicate: &Predicate) -> String {
    let leaves = match predicate {
        Predicate::Any(terms) => terms.iter().map(leaf).collect::<Option<Vec<String>>>(),
        _ => None,
    };
    match (leaves.as_deref(), held(predicate, true)) {
        (Some([one, other]), _) => format!("has neither {one} nor {other}"),
        (Some(several @ [_, _, _, ..]), _) => format!("has none of {}", joined(several, "and")),
        (_, Some(held)) => format!("does not have {held}"),
        _ => format!("is not one who {}", clause(predicate, true)),
    }
}

/// What a caller has, where the predicate asks for nothing but that. Inside another list it says where it begins.
fn held(predicate: &Predicate, inside: bool) -> Option<String> {
    let (terms, is_any) = match predicate {
        Predicate::Role(_) | Predicate::Scope(_) => return leaf(predicate),
        Predicate::Any(terms) => (terms, true),
        Predicate::All(terms) => (terms, false),
        Predicate::Authenticated | Predicate::Not(_) => return None,
    };
    if let [one] = terms.as_slice() {
        return held(one, inside);
    }
    let parts: Vec<String> = terms.iter().map(|term| held(term, true)).collect::<Option<_>>()?;
    let is_flat = terms.iter().all(|term| leaf(term).is_some());
    Some(match (parts.as_slice(), is_any) {
        ([], _) => return None,
        ([_, _], true) if is_flat && inside => format!("either {}", joined(&parts, "or")),
        (_, true) if is_flat && inside => format!("one of {}", joined(&parts, "and")),
        (_, true) if is_flat => joined(&parts, "or"),
        ([_, _], false) if is_flat => format!("both {}", joined(&parts, "and")),
        (_, false) if is_flat => format!("all of {}", joined(&parts, "and")),
        (_, _) => {
            let text = parts.join(if is_any { ", or " } else { ", and " });
            if inside { format!("({text})") } else { text }
        }
    })
}

fn leaf(predicate: &Predicate) -> Option<String> {
    match predicate {
        Predicate::Role(name) => Some(format!("the role `{name}`")),
        Predicate::Scope(name) => Some(format!("the scope `{name}`")),
        _ => None,
    }
}
