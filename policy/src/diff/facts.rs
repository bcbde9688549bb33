//! What changed about the rest of a policy: limits, bounds, condition, login, audit and validation.
//! Each is a pure comparison of two values; what has no order counts as widened.

use super::{Aspect, Class, Detail, quoted, quoted_list};
use crate::{ByteSize, Input, Limit, Period, Roles, Terms};
use std::{cmp::Ordering, time::Duration};

/// All that changed but for access.
pub(super) fn compared(old: &Terms, new: &Terms, old_roles: &Roles, new_roles: &Roles) -> Vec<Detail> {
    let handler = (old.handler != new.handler)
        .then(|| Detail::said(Aspect::Handler, Class::Equivalent, Some(&old.handler), Some(&new.handler), ""));
    let size = |bytes: u64| ByteSize::from_bytes(bytes).to_string();
    let time = |time: Duration| Period::from(time).to_string();
    let single = [
        handler,
        when(old, new, old_roles, new_roles),
        bound(Aspect::Body, old.body, new.body, size),
        bound(Aspect::Timeout, old.timeout, new.timeout, time),
        audit(old, new),
        input(old.input, new.input),
        unvalidated(old, new),
    ];
    single.into_iter().flatten().chain(rate(&old.limits, &new.limits)).chain(step_up(old, new)).collect()
}

fn when(old: &Terms, new: &Terms, old_roles: &Roles, new_roles: &Roles) -> Option<Detail> {
    let said = |class, so| Some(Detail::said(Aspect::When, class, old.when.as_deref(), new.when.as_deref(), so));
    match (&old.when, &new.when) {
        (None, None) => None,
        (None, Some(_)) => said(Class::Tightened, ""),
        (Some(_), None) => said(Class::Widened, ""),
        (Some(was), Some(is)) if was != is => said(Class::Widened, "conditions cannot be compared, so that it counts as widened"),
        (Some(condition), Some(_)) => {
            // The code of a condition asks for roles by name, and the hierarchy decides who has them.
            let names = old_roles.names().chain(new_roles.names().filter(|name| old_roles.names().all(|old| old != *name)));
            let holders = |roles: &Roles, name: &str| {
                roles.holders(name).into_iter().filter(|holder| *holder != name).map(str::to_owned).collect::<Vec<_>>()
            };
            let moved =
                |name: &&str| condition.contains(&format!("{name:?}")) && holders(old_roles, name) != holders(new_roles, name);
            let moved: Vec<&str> = names.filter(moved).collect();
            let text = format!(
                "`when` is {} as before, and other roles include {} now: conditions cannot be compared, so that it counts as widened",
                quoted(condition),
                quoted_list(moved.iter().copied())
            );
            (!moved.is_empty()).then(|| Detail::new(Aspect::When, Class::Widened, text))
        }
    }
}

/// A bound, which lets more through the higher it is, and most where it is not stated.
fn bound<T: Copy + Ord>(aspect: Aspect, old: Option<T>, new: Option<T>, print: impl Fn(T) -> String) -> Option<Detail> {
    let class = match (old, new) {
        (Some(was), Some(is)) => order(is.cmp(&was))?,
        (Some(_), None) => Class::Widened,
        (None, Some(_)) => Class::Tightened,
        (None, None) => return None,
    };
    Some(Detail::said(aspect, class, old.map(&print).as_deref(), new.map(&print).as_deref(), ""))
}

const fn order(order: Ordering) -> Option<Class> {
    match order {
        Ordering::Greater => Some(Class::Widened),
        Ordering::Less => Some(Class::Tightened),
        Ordering::Equal => None,
    }
}

/// The limits as what they hold callers to: one is held where a limit of the other side implies it.
fn rate(old: &[Limit], new: &[Limit]) -> Vec<Detail> {
    let texts = |limits: &[Limit]| limits.iter().map(ToString::to_string).collect::<Vec<_>>();
    let said = |limits: &[Limit]| match limits {
        [] => "not stated".to_owned(),
        limits => quoted_list(texts(limits).iter().map(String::as_str)),
    };
    let text = format!("`rate` was {} and is {}", said(old), said(new));
    let free = |here: &[Limit], there: &[Limit]| {
        let free: Vec<Limit> = here.iter().filter(|limit| !there.iter().any(|other| other.implies(limit))).copied().collect();
        (!free.is_empty()).then(|| quoted_list(texts(&free).iter().map(String::as_str)))
    };
    let lost = free(old, new).map(|limits| (Class::Widened, format!("{text}: callers are not held to {limits} any more")));
    let gained = free(new, old).map(|limits| (Class::Tightened, format!("{text}: callers are newly held to {limits}")));
    let mut found: Vec<_> = lost.into_iter().chain(gained).collect();
    let is_subset = |here: &[Limit], there: &[Limit]| here.iter().all(|limit| there.contains(limit));
    if found.is_empty() && !(is_subset(old, new) && is_subset(new, old)) {
        found.push((Class::Equivalent, format!("{text}: callers are held to the same")));
    }
    found.into_iter().map(|(class, text)| Detail::new(Aspect::Rate, class, text)).collect()
}

/// Freshness and strength, each by itself.
fn step_up(old: &Terms, new: &Terms) -> Vec<Detail> {
    let (was, is) = (old.step_up.unwrap_or_default(), new.step_up.unwrap_or_default());
    let age = |age: Option<Duration>| age.unwrap_or(Duration::MAX);
    let fresh = order(age(is.max_age).cmp(&age(was.max_age)));
    let strong = order(was.mfa.cmp(&is.mfa));
    let print = |terms: &Terms| terms.step_up.map(|step_up| step_up.to_string());
    let detail =
        |(class, so): (Class, &str)| Detail::said(Aspect::StepUp, class, print(old).as_deref(), print(new).as_deref(), so);
    let says = |class, widened, tightened| (class, if class == Class::Widened { widened } else { tightened });
    let fresh = fresh.map(|class| says(class, "an older login is enough", "the login has to be fresher"));
    let strong = strong.map(|class| says(class, "one factor is enough", "more than one factor is needed"));
    fresh.into_iter().chain(strong).map(detail).collect()
}

fn audit(old: &Terms, new: &Terms) -> Option<Detail> {
    let said = |class, so| Some(Detail::said(Aspect::Audit, class, old.audit.as_deref(), new.audit.as_deref(), so));
    match (&old.audit, &new.audit) {
        (None, None) => None,
        (None, Some(_)) => said(Class::Tightened, "calls leave a record now"),
        (Some(_), None) => said(Class::Widened, "calls leave no record any more"),
        (Some(was), Some(is)) if was == is => None,
        (Some(_), Some(_)) => said(Class::Equivalent, "calls leave a record as before, by another name"),
    }
}

fn input(old: Option<Input>, new: Option<Input>) -> Option<Detail> {
    let said = |class, so| Some(Detail::said(Aspect::Input, class, old.map(Input::name), new.map(Input::name), so));
    match (old, new) {
        (None, Some(_)) => said(Class::Tightened, "the body is validated now"),
        (Some(_), None) => said(Class::Widened, "the body is not seen to be validated any more"),
        (Some(was), Some(is)) if was != is => {
            said(Class::Widened, "other requests are read than before, which cannot be compared")
        }
        _ => None,
    }
}

fn unvalidated(old: &Terms, new: &Terms) -> Option<Detail> {
    let (was, is) = (old.unvalidated.as_deref(), new.unvalidated.as_deref());
    let said = |class, so| Some(Detail::said(Aspect::Unvalidated, class, was, is, so));
    match (was, is) {
        (None, Some(_)) => said(Class::Widened, "input may be read unchecked"),
        (Some(_), None) => said(Class::Tightened, "all input is checked now"),
        (Some(was), Some(is)) if was != is => said(Class::Equivalent, "input may be read unchecked as before"),
        _ => None,
    }
}
