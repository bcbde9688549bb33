//! What the property tests draw from: admissions, hierarchies, and locks of all kinds.
//! The names are few, so that what is drawn has something to do with one another.

use crate::{Admission, Caller, Input, Limit, Lock, LockedRoute, Predicate, RateKey, Roles, StepUp, Terms};
use proptest::{collection::vec, option, prelude::*, sample};
use std::time::Duration;

pub(crate) const NAMES: [&str; 4] = ["a", "b", "c", "d"];

pub(crate) fn predicates(name: impl Strategy<Value = String> + Clone + 'static) -> impl Strategy<Value = Predicate> {
    let leaf =
        prop_oneof![name.clone().prop_map(Predicate::Role), name.prop_map(Predicate::Scope), Just(Predicate::Authenticated)];
    leaf.prop_recursive(4, 16, 4, |term| {
        prop_oneof![
            vec(term.clone(), 0..4).prop_map(Predicate::Any),
            vec(term.clone(), 0..4).prop_map(Predicate::All),
            term.prop_map(|term| Predicate::Not(Box::new(term))),
        ]
    })
}

pub(crate) fn names() -> impl Strategy<Value = String> + Clone {
    sample::select(NAMES.to_vec()).prop_map(str::to_owned)
}

pub(crate) fn admissions(name: impl Strategy<Value = String> + Clone + 'static) -> impl Strategy<Value = Admission> {
    prop_oneof![
        1 => option::of(any::<String>()).prop_map(Admission::Public),
        1 => Just(Admission::Authenticated),
        4 => predicates(name).prop_map(Admission::Allow),
    ]
}

/// Hierarchies of all kinds, circles among them.
pub(crate) fn hierarchies() -> impl Strategy<Value = Roles> {
    let parts = || sample::subsequence(NAMES.to_vec(), 0..3);
    [parts(), parts(), parts(), parts()].prop_map(|parts| Roles::new(NAMES.into_iter().zip(parts)))
}

/// Hierarchies without circles: no role includes one that comes before it.
pub(crate) fn orders() -> impl Strategy<Value = Roles> {
    let parts = |after: usize| sample::subsequence(NAMES[after..].to_vec(), 0..=NAMES.len() - after);
    [parts(1), parts(2), parts(3), parts(4)].prop_map(|parts| Roles::new(NAMES.into_iter().zip(parts)))
}

/// Everybody: no credentials, and every set of roles and scopes.
pub(crate) fn everybody() -> Vec<Caller> {
    let held = |bits: u32| NAMES.into_iter().enumerate().filter(move |(bit, _)| bits >> bit & 1 == 1).map(|(_, name)| name);
    let holding = (0..256).map(|bits| Caller::holding(held(bits & 15), held(bits >> 4)));
    [Caller::Anonymous].into_iter().chain(holding).collect()
}

pub(crate) fn limits() -> impl Strategy<Value = Limit> {
    let key = sample::select(vec![RateKey::Ip, RateKey::Principal, RateKey::Global]);
    let number = || prop_oneof![1u32..4, 1u32..];
    let period = prop_oneof![sample::select(vec![1u64, 60, 86_400]), 1u64..=366 * 86_400];
    (number(), period, number(), key).prop_map(|(count, period, burst, key)| Limit::new(count, period, burst, key))
}

fn times() -> impl Strategy<Value = Duration> {
    prop_oneof![1u64..4, 1u64..=366 * 86_400_000].prop_map(Duration::from_millis)
}

fn step_ups() -> impl Strategy<Value = StepUp> {
    (option::of(times()), any::<bool>()).prop_map(|(max_age, mfa)| StepUp { max_age, mfa })
}

pub(crate) fn terms() -> impl Strategy<Value = Terms> {
    let text = || prop_oneof![Just("x".to_owned()), any::<String>()];
    let stated = (
        option::of(text()),
        vec(limits(), 0..4),
        option::of(1u64..),
        option::of(times()),
        option::of(step_ups()),
        option::of(text()),
        option::of(sample::select(Input::ALL.to_vec())),
        option::of(text()),
    );
    (text(), admissions(names()), stated).prop_map(|(handler, admission, stated)| {
        let (when, limits, body, timeout, step_up, audit, input, unvalidated) = stated;
        Terms { when, limits, body, timeout, step_up, audit, input, unvalidated, ..Terms::new(handler, admission) }
    })
}

fn routes() -> impl Strategy<Value = LockedRoute> {
    let path = sample::select(vec!["/", "/users", "/users/{id}", "/users/{user}/notes", "/files/{*path}", "/a b\"\\'\u{202e}\n"]);
    let method = sample::select(vec!["GET", "HEAD", "POST", "*"]);
    let prefix = sample::select(vec!["", "/api"]);
    let rest = sample::select(vec![LockedRoute::FALLBACK, LockedRoute::METHOD_NOT_ALLOWED]);
    prop_oneof![
        3 => (method, path).prop_map(|(method, path)| LockedRoute::new(method, path)),
        1 => (rest, prefix).prop_map(|(rest, prefix)| LockedRoute::new(rest, prefix)),
    ]
}

/// Locks as programs have them: every role and scope is declared.
pub(crate) fn locks() -> impl Strategy<Value = Lock> {
    let unsecured = (sample::select(vec!["", "/legacy"]).prop_map(str::to_owned), any::<String>());
    let scopes = vec(any::<String>(), NAMES.len());
    let parts = (orders(), scopes, proptest::collection::btree_map(routes(), terms(), 0..6), vec(unsecured, 0..3));
    parts.prop_map(|(roles, meanings, endpoints, mut unsecured)| {
        unsecured.sort();
        Lock { roles, scopes: NAMES.map(str::to_owned).into_iter().zip(meanings).collect(), endpoints, unsecured }
    })
}
