//! What is said about each kind of mistake, and for random predicates: what is reported is one, and what is not reported is none.

use super::{
    super::tests::{all, any, not, role, scope},
    Predicate,
};
use crate::{Admission, Caller, Comparison, Roles, Side};
use proptest::prelude::*;

const AUTHENTICATED: Predicate = Predicate::Authenticated;

/// `admin` includes `editor` and `user`, `editor` includes `user`.
fn ranks() -> Roles {
    Roles::new([("admin", vec!["editor"]), ("editor", vec!["user"])])
}

/// The places and what is said there.
fn said(predicate: &Predicate) -> Vec<(Vec<usize>, String)> {
    predicate.mistakes(&ranks()).unwrap().into_iter().map(|mistake| (mistake.way, mistake.message)).collect()
}

#[track_caller]
fn one(predicate: &Predicate, way: &[usize], message: &str) {
    assert_eq!(said(predicate), [(way.to_vec(), message.to_owned())], "{predicate}");
}

#[test]
fn what_decides_something_is_fine() {
    for fine in [
        role("user"),
        any([role("admin"), scope("a")]),
        all([role("user"), not(role("admin"))]),
        all([AUTHENTICATED, not(role("a"))]),
        all([AUTHENTICATED, any([role("admin"), not(role("user"))])]),
        any([role("admin"), all([AUTHENTICATED, not(role("user"))])]),
        any([all([AUTHENTICATED, not(role("a"))]), all([AUTHENTICATED, not(scope("a"))])]),
        all([scope("admin"), not(role("admin")), not(scope("user"))]),
    ] {
        assert_eq!(said(&fine), [], "{fine}");
    }
}

#[test]
fn a_contradiction_shows_who_is_refused_and_by_what() {
    one(
        &all([role("admin"), not(role("user"))]),
        &[1],
        "nobody can meet `all(role = \"admin\", not(role = \"user\"))`: a caller with the role `admin` has `user` through it, and is \
         refused by `not(role = \"user\")`; one of `role = \"admin\"` and `not(role = \"user\")` has to go",
    );
    one(&not(AUTHENTICATED), &[], "nobody can meet `not(authenticated)`: whoever comes this far is authenticated; remove it");
}

#[test]
fn a_tautology_shows_who_passes_and_by_what() {
    one(
        &any([role("user"), not(role("admin"))]),
        &[1],
        "everybody meets `any(role = \"user\", not(role = \"admin\"))`: a caller with no role and no scope passes by `not(role = \
         \"admin\")`, while a caller with the role `admin` has `user` through it, and passes by `role = \"user\"`; write `authenticated` \
         if that is meant",
    );
    one(
        &any([AUTHENTICATED, role("user")]),
        &[0],
        "everybody meets `any(authenticated, role = \"user\")`: a caller with no role and no scope passes by `authenticated`; write \
         `authenticated` if that is meant",
    );
}

#[test]
fn a_term_that_decides_nothing_shows_why() {
    one(
        &any([role("admin"), role("user")]),
        &[0],
        "`role = \"admin\"` decides nothing here: a caller with the role `admin` has `user` through it, and passes by `role = \"user\"`; \
         remove it",
    );
    one(
        &all([role("admin"), role("user")]),
        &[1],
        "`role = \"user\"` decides nothing here: whoever meets `role = \"admin\"` meets it too, as a caller with the role `admin` has \
         `user` through it, and meets `role = \"user\"`; remove it",
    );
    one(&any([scope("a"), role("a"), scope("a")]), &[2], "`scope = \"a\"` stands here twice; keep one");
    one(
        &any([role("user"), all([scope("a"), not(role("user"))])]),
        &[1, 1],
        "`not(role = \"user\")` decides nothing here: a caller with the role `user` and the scope `a` does not meet it, but passes by \
         `role = \"user\"` further out; remove it",
    );
    one(&not(not(role("user"))), &[], "`not(not(role = \"user\"))` is `role = \"user\"` said in a roundabout way; write that");
}

#[test]
fn a_not_that_opens_says_how_to_mean_it() {
    one(
        &not(role("banned")),
        &[],
        "a caller with no role and no scope passes by `not(role = \"banned\")`; ask for a role or scope beside it, or, if every caller \
         with credentials is meant, say so: `allow(all(authenticated, not(role = \"banned\")))`",
    );
    let ways = |predicate: &Predicate| said(predicate).into_iter().map(|(way, _)| way).collect::<Vec<_>>();
    assert_eq!(ways(&any([role("admin"), not(role("user"))])), [[1]]);
    assert_eq!(ways(&all([not(role("a")), not(role("b"))])), [[0]]);
    let said_on_one_way = any([all([AUTHENTICATED, not(role("a"))]), all([not(scope("a")), not(scope("b"))])]);
    assert_eq!(ways(&said_on_one_way), [[1, 0]], "the other way is not said");
}

#[test]
fn authenticated_is_said_where_it_is_needed_and_once() {
    let ways = |predicate: &Predicate| said(predicate).into_iter().map(|(way, _)| way).collect::<Vec<_>>();
    assert_eq!(ways(&all([AUTHENTICATED, role("user")])), [vec![0]]);
    assert_eq!(ways(&all([AUTHENTICATED, not(role("a")), AUTHENTICATED])), [vec![2]]);
    assert_eq!(ways(&all([AUTHENTICATED, any([scope("a"), all([AUTHENTICATED, not(role("a"))])])])), [vec![1, 1, 0]]);
    assert_eq!(ways(&all([role("user"), not(all([AUTHENTICATED, role("admin")]))])), [vec![1, 0, 0]]);
    assert_eq!(ways(&all([AUTHENTICATED])), [vec![0]], "that is `authenticated`");
}

const NAMES: [&str; 4] = ["admin", "editor", "user", "a"];

/// With groups of one and more, as the source has them.
fn predicates() -> impl Strategy<Value = Predicate> {
    let name = || proptest::sample::select(NAMES.to_vec());
    let leaf = prop_oneof![4 => name().prop_map(role), 4 => name().prop_map(scope), 1 => Just(AUTHENTICATED)];
    leaf.prop_recursive(4, 12, 3, |term| {
        prop_oneof![
            2 => proptest::collection::vec(term.clone(), 1..4).prop_map(any),
            2 => proptest::collection::vec(term.clone(), 1..4).prop_map(all),
            1 => term.prop_map(not),
        ]
    })
}

/// The ways to the terms of all groups that have more than one.
fn terms(predicate: &Predicate) -> Vec<Vec<usize>> {
    let below = |terms: &[Predicate], removable: bool| {
        let mut ways = Vec::new();
        for (index, term) in terms.iter().enumerate() {
            ways.extend(removable.then(|| vec![index]));
            ways.extend(self::terms(term).into_iter().map(|way| [vec![index], way].concat()));
        }
        ways
    };
    match predicate {
        Predicate::Any(terms) | Predicate::All(terms) => below(terms, terms.len() > 1),
        Predicate::Not(term) => below(std::slice::from_ref(term), false),
        _ => Vec::new(),
    }
}

fn at<'a>(predicate: &'a Predicate, way: &[usize]) -> &'a Predicate {
    let Some((index, way)) = way.split_first() else { return predicate };
    match predicate {
        Predicate::Any(terms) | Predicate::All(terms) => at(&terms[*index], way),
        Predicate::Not(term) => at(term, way),
        _ => panic!("no way leads through `{predicate}`"),
    }
}

/// The predicate without the terms at these ways.
fn without(predicate: &Predicate, ways: &[Vec<usize>]) -> Predicate {
    let rest = |terms: &[Predicate]| -> Vec<Predicate> {
        let kept = terms.iter().enumerate().filter(|(index, _)| !ways.contains(&vec![*index]));
        let below = |index| ways.iter().filter(|way| way[0] == index).map(|way| way[1..].to_vec()).collect::<Vec<_>>();
        kept.map(|(index, term)| without(term, &below(index))).collect()
    };
    match predicate {
        Predicate::Any(terms) => any(rest(terms)),
        Predicate::All(terms) => all(rest(terms)),
        Predicate::Not(term) => not(rest(std::slice::from_ref(term)).remove(0)),
        leaf => leaf.clone(),
    }
}

/// Whether they admit the same callers, as the lattice decides it.
fn admit_alike(a: &Predicate, b: &Predicate) -> bool {
    let (a, b, roles) = (Admission::Allow(a.clone()), Admission::Allow(b.clone()), ranks());
    let of = |admission| Side { admission, roles: &roles };
    let comparison = Comparison::new(of(&a), of(&b)).unwrap();
    comparison.only_first().is_none() && comparison.only_second().is_none()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn what_decides_nothing_can_go_and_nobody_notices(predicate in predicates()) {
        let ways = predicate.redundant(&ranks());
        let rest = without(&predicate, &ways);
        prop_assert!(admit_alike(&predicate, &rest), "{} and {}", predicate, rest);
    }

    #[test]
    fn without_mistakes_every_term_decides_for_somebody(predicate in predicates()) {
        // What is reported is taken out first, so that enough predicates get this far.
        let predicate = without(&predicate, &predicate.redundant(&ranks()));
        prop_assume!(predicate.mistakes(&ranks()).unwrap().is_empty());
        for way in terms(&predicate) {
            let rest = without(&predicate, std::slice::from_ref(&way));
            if *at(&predicate, &way) == AUTHENTICATED {
                prop_assert!(!rest.mistakes(&ranks()).unwrap().is_empty(), "{} says nothing that {} does not", predicate, rest);
            } else {
                prop_assert!(!admit_alike(&predicate, &rest), "{} and {}", predicate, rest);
            }
        }
    }

    #[test]
    fn every_mistake_has_a_place_and_words(predicate in predicates()) {
        let mistakes = predicate.mistakes(&ranks()).unwrap();
        for mistake in &mistakes {
            let _ = at(&predicate, &mistake.way);
            prop_assert!(!mistake.message.is_empty() && !mistake.message.ends_with('.'));
            prop_assert!(!mistake.message.contains("the same callers are admitted without it"), "{}: {}", predicate, mistake.message);
        }
        let mut places: Vec<_> = mistakes.iter().map(|mistake| &mistake.way).collect();
        places.dedup();
        prop_assert_eq!(places.len(), mistakes.len(), "{}", predicate);
    }

    #[test]
    fn who_follows_the_remedy_for_an_opening_has_said_it(predicate in predicates()) {
        for mistake in predicate.mistakes(&ranks()).unwrap() {
            let Some((_, remedy)) = mistake.message.split_once("say so: `") else { continue };
            let Admission::Allow(remedied) = remedy.trim_end_matches('`').parse().unwrap() else { panic!("{remedy}") };
            prop_assert!(admit_alike(&predicate, &remedied), "{} and {}", predicate, remedied);
            for other in remedied.mistakes(&ranks()).unwrap() {
                prop_assert!(!other.message.contains("say so") && !other.message.starts_with("`authenticated`"), "{}: {}", remedied, other.message);
            }
        }
    }

    #[test]
    fn who_has_nothing_passes_only_where_that_is_said(predicate in predicates()) {
        let is_open = predicate.is_met_by(&Caller::holding([], []), &ranks());
        let is_said = predicate.to_string().contains("authenticated");
        let is_reported = !predicate.mistakes(&ranks()).unwrap().is_empty();
        prop_assert!(!is_open || is_said || is_reported, "{}", predicate);
    }
}
