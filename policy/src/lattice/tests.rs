//! Comparisons, against the slow and obvious way: every caller asked, one after the other.

use super::{Caller, Callers, Comparison, Roles, Side};
use crate::{Admission, Predicate, strategies};
use proptest::prelude::*;
use strategies::{everybody, hierarchies, names};

proptest! {
    #[test]
    fn a_comparison_is_that_of_asking_everybody(a in strategies::admissions(names()), b in strategies::admissions(names()), ranks in hierarchies(), other in hierarchies()) {
        let (first, second) = (Side { admission: &a, roles: &ranks }, Side { admission: &b, roles: &other });
        let comparison = Comparison::new(first, second).unwrap();
        for (found, here, there) in [(comparison.only_first(), first, second), (comparison.only_second(), second, first)] {
            let expected: Vec<Caller> = everybody().into_iter().filter(|caller| here.admits(caller) && !there.admits(caller)).collect();
            match found {
                None => prop_assert_eq!(expected, []),
                Some(example) => {
                    prop_assert!(here.admits(&example) && !there.admits(&example), "{}", example);
                    let size = |caller: &Caller| match caller {
                        Caller::Anonymous => 0,
                        Caller::Holding { roles, scopes } => roles.len() + scopes.len(),
                    };
                    prop_assert_eq!(expected.iter().map(size).min(), Some(size(&example)), "the smallest is shown");
                }
            }
        }
    }
}

proptest! {
    #[test]
    fn the_minimal_callers_stand_for_everybody(admission in strategies::admissions(names()), roles in hierarchies()) {
        let side = Side { admission: &admission, roles: &roles };
        let callers = Callers::of(side).unwrap();
        let (minimal, everybody) = (&callers.minimal, everybody());
        prop_assert!(minimal.iter().all(|caller| side.admits(caller)), "{}", callers);
        let above = |caller: &Caller| minimal.iter().any(|least| caller.covers(least, &roles));
        prop_assert!(everybody.iter().all(|caller| !side.admits(caller) || above(caller)), "somebody may who is not stood for: {}", callers);
        let below = |caller: &Caller| everybody.iter().any(|other| side.admits(other) && caller.covers(other, &roles) && !other.covers(caller, &roles));
        prop_assert!(!minimal.iter().any(below), "somebody with less may: {}", callers);
        prop_assert_eq!(callers.anonymous, side.admits(&Caller::Anonymous));
        let shut_out = everybody.iter().any(|caller| above(caller) && !side.admits(caller));
        prop_assert_eq!(callers.monotone, !shut_out, "{}", callers);
    }
}

#[test]
fn many_kinds_reach_beyond_a_word() {
    let roles = Roles::default();
    let scopes = |range: std::ops::Range<u32>| range.map(|scope| Predicate::Scope(format!("s{scope:02}"))).collect::<Vec<_>>();
    let all = Admission::Allow(Predicate::Any(vec![Predicate::All(scopes(0..9)), Predicate::All(scopes(8..10))]));
    let callers = Callers::of(Side { admission: &all, roles: &roles }).unwrap();
    let sizes: Vec<usize> = callers.minimal.iter().map(|caller| caller.to_string().matches("`s").count()).collect();
    assert_eq!((sizes, callers.monotone, callers.cases), (vec![2, 9], true, 1_025));
}

#[test]
fn more_kinds_than_can_be_tried_are_said_to_be_too_many() {
    let roles = Roles::default();
    let scopes =
        |count: usize| Admission::Allow(Predicate::Any((0..count).map(|scope| Predicate::Scope(format!("s{scope}"))).collect()));
    let (most, more) = (scopes(20), scopes(21));
    let side = |admission| Side { admission, roles: &roles };
    assert_eq!(Comparison::new(side(&most), side(&most)).unwrap().cases(), (1 << 20) + 1);
    assert!(Comparison::new(side(&more), side(&most)).is_err());
}

#[test]
fn grants_that_matter_alike_are_one_kind() {
    let names: Vec<String> = (0..100).map(|role| format!("r{role}")).collect();
    let chain = names.iter().zip(names.iter().skip(1)).map(|(part, holder)| (holder.as_str(), vec![part.as_str()]));
    let roles = Roles::new(chain);
    let user = Admission::Allow(Predicate::Role("r0".to_owned()));
    let comparison =
        Comparison::new(Side { admission: &user, roles: &roles }, Side { admission: &user, roles: &Roles::default() }).unwrap();
    assert_eq!(comparison.cases(), 5);
    assert_eq!(comparison.only_first(), Some(Caller::holding(["r1"], [])), "the weakest of the hundred");
}
