//! Who gained access and who lost it, decided over every case that can matter to either side.
//! Where the access stayed and the roles changed, it is the roles that are named.

use super::{Aspect, Class, Detail, quoted, quoted_list};
use crate::{Admission, Caller, Comparison, Predicate, Side, Terms, TooLarge};

/// What changed about who may call.
pub(super) fn compared(old: Side<'_>, new: Side<'_>) -> Vec<Detail> {
    if let (Admission::Public(was), Admission::Public(is)) = (old.admission, new.admission) {
        let changed = || Detail::said(Aspect::Reason, Class::Equivalent, was.as_deref(), is.as_deref(), "it is public as before");
        return if was == is { Vec::new() } else { vec![changed()] };
    }
    if old.admission == new.admission && holders(old) == holders(new) {
        return Vec::new();
    }
    let (was, is) = (old.admission.to_string(), new.admission.to_string());
    let said = |class, so: &str| Detail::said(Aspect::Access, class, Some(&was), Some(&is), so);
    let comparison = match Comparison::new(old, new) {
        Ok(comparison) => comparison,
        Err(TooLarge) => return vec![said(Class::Widened, TOO_LARGE)],
    };
    let decided = |class, caller: Caller| {
        let mut detail = match inclusion(old, new, &caller) {
            Some(cause) => {
                let so = if class == Class::Widened { "admits more callers" } else { "admits fewer callers" };
                Detail::new(Aspect::Access, class, format!("{cause}, so that {} {so}", quoted(&was)))
            }
            None if class == Class::Widened => said(class, "it admits callers whom it refused"),
            None => said(class, "it refuses callers whom it admitted"),
        };
        detail.caller = Some(caller);
        detail
    };
    let gained = comparison.only_second().map(|caller| decided(Class::Widened, caller));
    let lost = comparison.only_first().map(|caller| decided(Class::Tightened, caller));
    let mut details: Vec<Detail> = gained.into_iter().chain(lost).collect();
    if details.is_empty() && was != is {
        details.push(said(Class::Equivalent, "it admits the same callers"));
    }
    for detail in &mut details {
        detail.cases = Some(comparison.cases());
    }
    details
}

const TOO_LARGE: &str = "more roles and scopes than can be tried, so that it counts as widened";

/// An endpoint that was not there. Whoever it admits gained access.
pub(super) fn added(terms: &Terms, side: Side<'_>) -> Detail {
    let text = |so: &str| {
        format!("new, answered by {}: its access is {}{so}", quoted(&terms.handler), quoted(&side.admission.to_string()))
    };
    let nobody = Admission::Allow(Predicate::Any(Vec::new()));
    let comparison = match Comparison::new(Side { admission: &nobody, ..side }, side) {
        Ok(comparison) => comparison,
        Err(TooLarge) => return Detail::new(Aspect::Presence, Class::Widened, text(&format!(", {TOO_LARGE}"))),
    };
    let caller = comparison.only_second();
    let (class, so) = if caller.is_some() { (Class::Widened, "") } else { (Class::Equivalent, ", which admits nobody") };
    Detail { caller, cases: Some(comparison.cases()), ..Detail::new(Aspect::Presence, class, text(so)) }
}

/// An endpoint that is not there any more.
pub(super) fn removed(terms: &Terms, side: Side<'_>) -> Detail {
    let gained = added(terms, side);
    let text = format!("gone, with {}: its access was {}", quoted(&terms.handler), quoted(&side.admission.to_string()));
    let class = gained.class.min(Class::Tightened);
    Detail { class, text, ..gained }
}

/// Who holds each role that the access names.
fn holders(side: Side<'_>) -> Vec<Vec<&str>> {
    let Admission::Allow(predicate) = side.admission else { return Vec::new() };
    let held = |leaf: &Predicate| match leaf {
        Predicate::Role(name) => side.roles.holders(name).into_iter().filter(|holder| holder != name).collect(),
        _ => Vec::new(),
    };
    predicate.leaves().into_iter().map(held).collect()
}

/// The change of the hierarchy that alone decides otherwise about the caller, if it does.
fn inclusion(old: Side<'_>, new: Side<'_>, caller: &Caller) -> Option<String> {
    let moved = Side { roles: new.roles, ..old };
    let (Caller::Holding { roles, .. }, Admission::Allow(predicate)) = (caller, old.admission) else { return None };
    if moved.admits(caller) != new.admits(caller) {
        return None;
    }
    let named = |part: &&str| predicate.leaves().iter().any(|leaf| matches!(leaf, Predicate::Role(name) if name == part));
    let says = |one: Side<'_>, other: Side<'_>, verb: &str| {
        let mut changes = Vec::new();
        for role in roles {
            let parts = one.roles.included_by(role).filter(|part| !other.roles.includes(role, part));
            let parts: Vec<&str> = parts.filter(named).collect();
            if !parts.is_empty() {
                changes.push(format!("{} {verb} {}", quoted(role), quoted_list(parts)));
            }
        }
        changes
    };
    let causes = [says(new, old, "includes now"), says(old, new, "includes no more")].concat();
    (!causes.is_empty()).then(|| causes.join(", "))
}
