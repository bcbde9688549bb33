//! The diff against the slow and obvious way: every caller asked of both locks.

use crate::{
    Admission, Caller, Lock, LockedRoute, Side, Terms,
    diff::{Aspect, Class, Diff, Subject, diff},
    strategies,
};
use proptest::prelude::*;

/// Whether a caller passes the access of a route in one of two locks and not in the other.
fn gains(old: &Lock, new: &Lock, route: &LockedRoute, caller: &Caller) -> bool {
    let admits = |lock: &Lock| {
        let terms = lock.endpoints.get(route);
        terms.is_some_and(|terms| Side { admission: &terms.admission, roles: &lock.roles }.admits(caller))
    };
    admits(new) && !admits(old)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]
    #[test]
    fn nothing_changed_between_a_lock_and_itself(lock in strategies::locks()) {
        prop_assert_eq!(diff(&lock, &lock), Diff::default());
    }

    #[test]
    fn access_is_widened_where_somebody_gained_and_tightened_where_somebody_lost(
        old in strategies::admissions(strategies::names()),
        new in strategies::admissions(strategies::names()),
        ranks in strategies::hierarchies(),
        other in strategies::hierarchies(),
    ) {
        let route = LockedRoute::new("GET", "/x");
        let lock = |admission: Admission, roles| Lock { roles, endpoints: [(route.clone(), Terms::new("x", admission))].into(), ..Lock::default() };
        let (old, new) = (lock(old, ranks), lock(new, other));
        let found = diff(&old, &new);
        let details: Vec<_> = found.changes.iter().filter(|change| matches!(change.subject, Subject::Endpoint(_))).flat_map(|change| &change.details).collect();
        for (from, to, class) in [(&old, &new, Class::Widened), (&new, &old, Class::Tightened)] {
            let expected = strategies::everybody().iter().any(|caller| gains(from, to, &route, caller));
            let detail = details.iter().find(|detail| detail.class == class);
            prop_assert_eq!(detail.is_some(), expected, "{}", found);
            if let Some(detail) = detail {
                prop_assert!(gains(from, to, &route, detail.caller.as_ref().unwrap()), "{}", found);
            }
        }
    }

    #[test]
    fn backwards_everybody_who_gained_loses(old in strategies::locks(), new in strategies::locks()) {
        let (there, back) = (diff(&old, &new), diff(&new, &old));
        let examples = |diff: &Diff, class: Class| {
            let mut found: Vec<(String, Option<Caller>)> = diff.changes.iter().filter(|change| matches!(change.subject, Subject::Endpoint(_)))
                .flat_map(|change| change.details.iter().filter(|detail| detail.class == class && matches!(detail.aspect, Aspect::Access | Aspect::Presence))
                    .map(|detail| match &change.subject {
                        Subject::Endpoint(route) => (format!("{} {}", route.method, route.shape()), detail.caller.clone()),
                        other => (other.to_string(), None),
                    }))
                .collect();
            found.sort();
            found
        };
        prop_assert_eq!(examples(&there, Class::Widened), examples(&back, Class::Tightened));
        prop_assert_eq!(there.changes.len(), back.changes.len());
    }
}
