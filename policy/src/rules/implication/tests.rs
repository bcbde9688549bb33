//! When one selector covers another and one demand implies another, against the slow and obvious way.

use super::{contains, path_pattern};
use crate::{Demands, Rate, Roles, Rule, Selector, StepUp};
use proptest::prelude::*;
use std::time::Duration;

fn within(outer: &str, inner: &str) -> bool {
    contains(&path_pattern(outer), &path_pattern(inner))
}

#[test]
fn containment_is_exact() {
    let yes = [
        ("/**", "/"),
        ("/**", "/a/*/**"),
        ("/admin/**", "/admin"),
        ("/admin/**", "/admin/users/**"),
        ("/*/x", "/a/x"),
        ("/**/x", "/a/**/x"),
        ("/**/x/**", "/**/x/y/**/x"),
        ("/*/**", "/**/*"),
        ("/**/*/**", "/*"),
        ("/**/**", "/**"),
        ("/a/**/b/**/c", "/a/b/c"),
        ("/a/*/**/c", "/a/**/b/c"),
    ];
    for (outer, inner) in yes {
        assert!(within(outer, inner), "`{inner}` is within `{outer}`");
    }
    let no = [
        ("/", "/**"),
        ("/a", "/*"),
        ("/*", "/"),
        ("/*", "/**"),
        ("/*/**", "/**"),
        ("/admin/*", "/admin/**"),
        ("/admin/**", "/**/admin"),
        ("/a/**/b/**/c", "/a/**/c"),
        ("/a/*/*/**/c", "/a/b/**/c"),
        ("/a/**/x", "/a/**"),
    ];
    for (outer, inner) in no {
        assert!(!within(outer, inner), "`{inner}` is not within `{outer}`");
    }
}

#[test]
fn patterns_made_to_take_long_do_not() {
    let long = format!("/**/a{}", "/*".repeat(55));
    assert!(within(&long, &long));
    let many = "/**/a/*/**/b".repeat(14);
    let _ = within(&many, &format!("{many}/**/c"));
    assert!(!within("/b/**", &many));
}

fn list(words: &[&'static str]) -> crate::Texts {
    words.iter().map(|word| (*word).into()).collect::<Vec<_>>().into()
}

fn selector(paths: &[&'static str], endpoints: &[&'static str], methods: &[&'static str]) -> Selector {
    Selector { paths: list(paths), endpoints: list(endpoints), methods: list(methods) }
}

#[test]
fn selectors_cover_where_every_list_does() {
    let all = Selector::default();
    let everything = ["**", "crate::**", "*", "*::**"].map(|endpoint| selector(&["/**"], &[endpoint], &Selector::METHODS));
    for same in everything {
        assert!(same.covers(&all) && all.covers(&same), "{same:?}");
    }
    let admin = selector(&["/admin/**", "/ops/*"], &[], &["DELETE", "PUT"]);
    assert!(admin.covers(&selector(&["/ops/x", "/admin"], &["a"], &["PUT"])) && all.covers(&admin));
    for wider in [selector(&["/admin/**"], &[], &[]), selector(&["/**"], &[], &["PUT"]), selector(&[], &["a"], &["PUT"])] {
        assert!(!admin.covers(&wider), "{wider:?}");
    }
    assert!(selector(&[], &[], &["HEAD"]).covers(&selector(&[], &[], &["GET"])), "a GET answers HEAD");
    assert!(!selector(&[], &[], &["GET"]).covers(&selector(&[], &[], &["HEAD"])));
    let handlers = |outer, inner| selector(&[], &[outer], &[]).covers(&selector(&[], &[inner], &[]));
    assert!(handlers("health", "crate::a::health") && handlers("crate::admin::**", "clinic::admin::x") && handlers("*", "a"));
    assert!(
        !handlers("crate::a::health", "health") && !handlers("crate::admin::*", "crate::admin::**") && !handlers("a::**", "b")
    );
}

#[test]
fn demands_imply_what_they_are_as_strict_as() {
    let roles = Roles::new([("user", vec![]), ("admin", vec!["user"])]);
    let rule = |demands| Rule { name: "x".into(), line: 1, selector: Selector::default(), demands };
    let rate = |text: &str| Demands { rate_at_most: Some(text.parse::<Rate>().unwrap()), ..Demands::NONE };
    let role = |name: &'static str| Demands { role: Some(name.into()), ..Demands::NONE };
    let step_up =
        |age: Option<u64>, mfa| Demands { step_up: Some(StepUp { max_age: age.map(Duration::from_secs), mfa }), ..Demands::NONE };
    let body = |bytes| Demands { body_at_most: Some(bytes), ..Demands::NONE };
    let strict_first = [
        (role("admin"), role("user")),
        (role("user"), Demands { authenticated: true, ..Demands::NONE }),
        (rate("5/min per ip"), rate("5/min")),
        (rate("5/min per global"), rate("6/min per ip")),
        (rate("5/min burst 2"), rate("5/min")),
        (step_up(Some(60), true), step_up(Some(61), false)),
        (step_up(Some(60), true), step_up(None, true)),
        (body(5), body(6)),
        (Demands { audit: true, when: true, validated: true, ..Demands::NONE }, Demands { when: true, ..Demands::NONE }),
        (Demands { scope: Some("s".into()), role: Some("user".into()), ..Demands::NONE }, role("user")),
    ];
    for (stricter, weaker) in strict_first {
        let (stricter, weaker) = (rule(stricter), rule(weaker));
        assert!(stricter.implies(&weaker, &roles) && stricter.implies(&stricter, &roles), "{stricter:?}, {weaker:?}");
        assert!(!weaker.implies(&stricter, &roles), "{weaker:?}, {stricter:?}");
    }
    assert!(!rule(rate("5/min")).implies(&rule(rate("5/min per ip")), &roles), "the key may be another");
    assert!(!rule(step_up(None, true)).implies(&rule(step_up(Some(60), false)), &roles));
}

/// The slow and obvious way.
fn matches(pattern: &[&str], path: &[&str]) -> bool {
    match (pattern, path) {
        ([], rest) => rest.is_empty(),
        (["**", more @ ..], rest) => {
            matches(more, rest) || rest.split_first().is_some_and(|(_, others)| matches(pattern, others))
        }
        ([segment, more @ ..], [first, others @ ..]) => (*segment == "*" || segment == first) && matches(more, others),
        _ => false,
    }
}

/// Every path of up to so many segments.
fn paths(longest: usize) -> Vec<Vec<&'static str>> {
    let mut all: Vec<Vec<&'static str>> = vec![vec![]];
    let mut last = all.clone();
    for _ in 0..longest {
        last = last.iter().flat_map(|path| ["a", "b", "z"].map(|segment| [path.as_slice(), &[segment]].concat())).collect();
        all.extend(last.iter().cloned());
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]
    #[test]
    fn containment_is_that_of_trying_every_path(
        outer in proptest::collection::vec(proptest::sample::select(vec!["a", "b", "*", "**"]), 0..4),
        inner in proptest::collection::vec(proptest::sample::select(vec!["a", "b", "*", "**"]), 0..5),
    ) {
        let found = within(&format!("/{}", outer.join("/")), &format!("/{}", inner.join("/")));
        let expected = paths(6).iter().all(|path| !matches(&inner, path) || matches(&outer, path));
        prop_assert_eq!(found, expected, "{:?} in {:?}", inner, outer);
    }
}
