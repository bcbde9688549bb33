//! Every demand, at its boundary and one past it, and the words that say what to write.

use crate::{Admission, Demands, Limit, Part, Predicate, Rate, RateKey, Roles, Rule, Selector, StepUp, Terms};
use std::time::Duration;

fn rule(demands: Demands) -> Rule {
    Rule { name: "area".into(), line: 7, selector: Selector::default(), demands }
}

fn roles() -> Roles {
    Roles::new([("user", vec![]), ("editor", vec!["user"]), ("admin", vec!["editor"]), ("auditor", vec![])])
}

fn role(name: &str) -> Predicate {
    Predicate::Role(name.to_owned())
}

fn scope(name: &str) -> Predicate {
    Predicate::Scope(name.to_owned())
}

/// The breaches, without the words that are the same in all.
fn breaches(demands: Demands, terms: &Terms) -> Vec<(Part, String)> {
    let found = rule(demands).breaches(terms, &roles()).into_iter();
    let words = |message: String| message.strip_prefix("rule `area` (security.toml:7) wants ").unwrap().to_owned();
    found.map(|breach| (breach.part, words(breach.message))).collect()
}

fn access(demands: Demands, admission: Admission) -> Option<String> {
    let found = breaches(demands, &Terms::new("clinic::list", admission));
    assert!(found.iter().all(|(part, _)| *part == Part::Access) && found.len() <= 1, "{found:?}");
    found.into_iter().next().map(|(_, words)| words)
}

fn admin() -> Demands {
    Demands { role: Some("admin".into()), ..Demands::NONE }
}

#[test]
fn a_rule_without_demands_is_never_broken() {
    assert_eq!(breaches(Demands::NONE, &Terms::new("clinic::list", Admission::Public(None))), []);
}

#[test]
fn everybody_who_gets_in_has_the_role() {
    let fine = [
        role("admin"),
        Predicate::All(vec![role("admin"), scope("x")]),
        Predicate::Any(vec![role("admin"), Predicate::All(vec![role("user"), role("admin")])]),
        Predicate::Any(vec![]),
    ];
    for predicate in fine {
        assert_eq!(access(admin(), Admission::Allow(predicate.clone())), None, "{predicate}");
    }
    let wrong = [
        (Admission::Public(None), "a caller without credentials"),
        (Admission::Authenticated, "a caller with no role and no scope"),
        (Admission::Allow(role("user")), "a caller with the role `user`"),
        (Admission::Allow(Predicate::Any(vec![role("admin"), role("editor")])), "a caller with the role `editor`"),
        (Admission::Allow(Predicate::Not(Box::new(role("user")))), "a caller with no role and no scope"),
    ];
    for (admission, caller) in wrong {
        let expected = format!("the role `admin`, and {caller} gets in; write `role = \"admin\"`");
        assert_eq!(access(admin(), admission), Some(expected));
    }
    let through = Demands { role: Some("user".into()), ..Demands::NONE };
    assert_eq!(access(through, Admission::Allow(role("admin"))), None, "every admin is a user");
}

#[test]
fn what_the_endpoint_has_beside_the_demand_stays() {
    let expected =
        "the role `admin`, and a caller with the scope `x` gets in; write `allow(all(role = \"admin\", scope = \"x\"))`";
    assert_eq!(access(admin(), Admission::Allow(scope("x"))).unwrap(), expected);
    let both = Demands { role: Some("admin".into()), scope: Some("x".into()), ..Demands::NONE };
    let expected = "the role `admin` and the scope `x`, and a caller with the role `admin` gets in; write \
                    `allow(all(role = \"admin\", scope = \"x\"))`";
    assert_eq!(access(both.clone(), Admission::Allow(role("admin"))).unwrap(), expected);
    assert_eq!(access(both, Admission::Allow(Predicate::All(vec![scope("x"), role("admin")]))), None);
}

#[test]
fn authenticated_is_anything_but_public() {
    let demands = || Demands { authenticated: true, ..Demands::NONE };
    let expected = "authenticated callers, and a caller without credentials gets in; write `authenticated`";
    assert_eq!(access(demands(), Admission::Public(Some("why".into()))).unwrap(), expected);
    for admission in [Admission::Authenticated, Admission::Allow(role("user")), Admission::Allow(Predicate::Authenticated)] {
        assert_eq!(access(demands(), admission), None);
    }
}

#[test]
fn what_cannot_be_decided_is_refused() {
    let many = Predicate::Any((0..21).map(|name| scope(&format!("s{name}"))).collect());
    let expected = "the role `admin`, and the endpoint names more roles and scopes than can be tried; name fewer, or write \
                    `role = \"admin\"`";
    assert_eq!(access(admin(), Admission::Allow(many)).unwrap(), expected);
}

fn terms() -> Terms {
    Terms::new("clinic::admin::delete_user", Admission::Authenticated)
}

fn seconds(number: u64) -> Duration {
    Duration::from_secs(number)
}

#[test]
fn a_login_is_as_fresh_and_as_strong_as_the_rule_wants() {
    let found = |wanted: (u64, bool), has: Option<(u64, bool)>| {
        let of = |(age, mfa)| StepUp { max_age: (age > 0).then(|| seconds(age)), mfa };
        let demands = Demands { step_up: Some(of(wanted)), ..Demands::NONE };
        let found = breaches(demands, &Terms { step_up: has.map(of), ..terms() });
        assert!(found.iter().all(|(part, _)| *part == Part::StepUp));
        found.into_iter().next().map(|(_, words)| words)
    };
    for (wanted, has) in [((60, true), (60, true)), ((60, false), (1, true)), ((0, true), (5, true)), ((0, true), (0, true))] {
        assert_eq!(found(wanted, Some(has)), None);
    }
    let expected = "`step_up(max_age = \"15 min\")`, and the endpoint has none; write `step_up(max_age = \"15 min\")`";
    assert_eq!(found((900, false), None).unwrap(), expected);
    let expected = "`step_up(max_age = \"15 min\")`, and the endpoint has `step_up(max_age = \"901 s\", mfa)`; write \
                    `step_up(max_age = \"15 min\", mfa)`";
    assert_eq!(found((900, false), Some((901, true))).unwrap(), expected);
    let expected =
        "`step_up(mfa)`, and the endpoint has `step_up(max_age = \"1 min\")`; write `step_up(max_age = \"1 min\", mfa)`";
    assert_eq!(found((0, true), Some((60, false))).unwrap(), expected);
    assert!(found((60, false), Some((0, true))).is_some(), "however long ago is too long");
}

#[test]
fn bounds_are_stated_and_no_larger() {
    let found = |body, timeout: Option<u64>| {
        let demands = Demands { body_at_most: Some(65_536), timeout_at_most: Some(seconds(10)), ..Demands::NONE };
        breaches(demands, &Terms { body, timeout: timeout.map(seconds), ..terms() })
    };
    assert_eq!(found(Some(65_536), Some(10)), []);
    let expected = [
        (Part::Body, "a body of at most `64 KiB`, and the endpoint has `65537 B`; write `body = \"64 KiB\"`".to_owned()),
        (Part::Timeout, "a timeout of at most `10 s`, and the endpoint has `11 s`; write `timeout = \"10 s\"`".to_owned()),
    ];
    assert_eq!(found(Some(65_537), Some(11)), expected);
    let expected = [
        (Part::Body, "a body of at most `64 KiB`, and the endpoint states none; write `body = \"64 KiB\"`".to_owned()),
        (Part::Timeout, "a timeout of at most `10 s`, and the endpoint states none; write `timeout = \"10 s\"`".to_owned()),
    ];
    assert_eq!(found(None, None), expected);
}

#[test]
fn the_rest_is_there_or_not() {
    let demands = || Demands {
        audit: true,
        when: true,
        validated: true,
        rate_at_most: Some(Rate::constant(5, 60, 5, None)),
        ..Demands::NONE
    };
    let met = Terms {
        audit: Some("user.delete".to_owned()),
        when: Some("true".to_owned()),
        limits: vec![Limit::new(5, 60, 5, RateKey::Principal)],
        ..terms()
    };
    assert_eq!(breaches(demands(), &met), []);
    let expected = [
        (Part::Rate, "a rate of at most `5/min`, and the endpoint has none; write `rate = \"5/min\"`"),
        (Part::Audit, "every call on record, and the endpoint leaves none; write `audit = \"delete_user\"`"),
        (
            Part::When,
            "a condition on the object, and the endpoint has none; write one, such as `when = principal.subject() == id`",
        ),
        (
            Part::Unvalidated,
            "all input validated, and the endpoint reads some unchecked; remove `unvalidated` and take `Valid<…>`",
        ),
    ];
    let found = breaches(demands(), &Terms { unvalidated: Some("why".to_owned()), ..terms() });
    assert_eq!(found, expected.map(|(part, words)| (part, words.to_owned())));
}
