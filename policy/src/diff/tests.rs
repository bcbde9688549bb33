//! The diff, against the words of its report, and against the slow and obvious way: every caller asked of both locks.

use super::{Aspect, Change, Class, Diff, Subject, diff};
use crate::{Admission, Caller, Input, Limit, Lock, LockedRoute, Predicate, Roles, Side, StepUp, Terms, strategies};
use proptest::prelude::*;
use std::time::Duration;

fn terms(access: &str) -> Terms {
    Terms::new("x::handler", access.parse().unwrap())
}

fn with(endpoints: &[(&str, Terms)]) -> Lock {
    let roles = Roles::new([("admin", vec!["editor"]), ("editor", vec!["user"]), ("support", vec![])]);
    let endpoints = endpoints.iter().map(|(route, terms)| (route.parse().unwrap(), terms.clone())).collect();
    Lock { roles, endpoints, ..Lock::default() }
}

/// The class and the texts of the one change, with its examples.
fn only(diff: &Diff) -> (Class, Vec<String>) {
    let [Change { class, details, .. }] = diff.changes.as_slice() else { panic!("{diff}") };
    let texts = details.iter().map(|detail| match detail.example() {
        Some(example) => format!("{}; {example}", detail.text),
        None => detail.text.clone(),
    });
    (*class, texts.collect())
}

fn changed(old: Terms, new: Terms) -> (Class, Vec<String>) {
    only(&diff(&with(&[("GET /x", old)]), &with(&[("GET /x", new)])))
}

fn access(old: &str, new: &str) -> (Class, Vec<String>) {
    changed(terms(old), terms(new))
}

#[test]
fn access_is_compared_by_whom_it_admits() {
    let (admin, user) = ("role = \"admin\"", "role = \"user\"");
    let said = |old: &str, new: &str, so: &str| format!("`access` was `{old}` and is `{new}`: {so}");
    let (more, fewer) =
        ("it admits callers whom it refused; newly admitted: ", "it refuses callers whom it admitted; newly refused: ");
    let user_example = "a caller with the role `user`";
    assert_eq!(access(admin, user), (Class::Widened, vec![said(admin, user, &format!("{more}{user_example}"))]));
    assert_eq!(access(user, admin), (Class::Tightened, vec![said(user, admin, &format!("{fewer}{user_example}"))]));
    let (ab, ba) = ("allow(any(role = \"support\", scope = \"a\"))", "allow(any(scope = \"a\", role = \"support\"))");
    assert_eq!(access(ab, ba), (Class::Equivalent, vec![said(ab, ba, "it admits the same callers")]));
    let both = access("role = \"support\"", "scope = \"a\"");
    assert_eq!((both.0, both.1.len()), (Class::Widened, 2), "some gained and some lost");
    let public = "public = \"it is\"";
    assert_eq!(
        access("authenticated", public).1[0],
        said("authenticated", public, &format!("{more}a caller without credentials"))
    );
    let reason = "`reason` was `it is` and is not stated: it is public as before".to_owned();
    assert_eq!(access(public, "public"), (Class::Equivalent, vec![reason]));
    assert!(diff(&with(&[("GET /x", terms(admin))]), &with(&[("GET /x", terms(admin))])).is_empty());
}

#[test]
fn what_is_too_large_to_try_counts_as_widened() {
    let scopes = |count: usize, last: &str| {
        let names = (0..count).map(|scope| format!("s{scope}")).chain([last.to_owned()]);
        Terms::new("x::handler", Admission::Allow(Predicate::All(names.map(Predicate::Scope).collect())))
    };
    let (class, texts) = changed(scopes(20, "x"), scopes(20, "y"));
    assert_eq!(class, Class::Widened);
    assert!(texts[0].ends_with("more roles and scopes than can be tried, so that it counts as widened"), "{texts:?}");
    let same = with(&[("GET /x", scopes(30, "x"))]);
    assert!(diff(&same, &same).is_empty(), "the same is the same, however large");
    let new = diff(&with(&[]), &with(&[("GET /x", scopes(30, "x"))]));
    assert!(new.is_widened());
    assert!(!diff(&with(&[("GET /x", scopes(30, "x"))]), &with(&[])).is_widened());
}

#[test]
fn roles_that_grow_are_named_as_the_cause() {
    let old = with(&[("GET /x", terms("role = \"user\"")), ("GET /y", terms("role = \"admin\""))]);
    let mut new = old.clone();
    new.roles = Roles::new([("admin", vec!["editor"]), ("editor", vec!["user"]), ("support", vec!["user"])]);
    let expected = "\
widened  GET /x
  - `support` includes now `user`, so that `role = \"user\"` admits more callers
    newly admitted: a caller with the role `support` (5 cases tried)

equivalent  roles
  - `support` includes now `user`

1 widened, 0 tightened, 1 equivalent";
    assert_eq!(diff(&old, &new).to_string(), expected);
    let back = diff(&new, &old);
    assert_eq!(back.count(Class::Tightened), 1);
    let text = "`support` includes no more `user`, so that `role = \"user\"` admits fewer callers";
    assert_eq!(back.changes[1].details[0].text, text);

    let condition = |lock: &Lock| {
        let named = Terms { when: Some("principal.has_role(\"user\")".to_owned()), ..terms("authenticated") };
        Lock { endpoints: [(LockedRoute::new("GET", "/x"), named)].into(), ..lock.clone() }
    };
    let found = diff(&condition(&old), &condition(&new));
    assert!(found.is_widened() && found.changes[1].details[0].aspect == Aspect::When, "{found}");
}

#[test]
fn limits_are_compared_by_what_they_hold_callers_to() {
    let rates = |texts: &[&str]| {
        let limit = |text: &&str| {
            let rate: crate::Rate = text.parse().unwrap();
            Limit::new(rate.count(), rate.period_seconds(), rate.burst(), rate.key().unwrap())
        };
        Terms { limits: texts.iter().map(limit).collect(), ..terms("authenticated") }
    };
    let class = |old: &[&str], new: &[&str]| changed(rates(old), rates(new)).0;
    assert_eq!(class(&["5/min per ip"], &["50/min per ip"]), Class::Widened);
    assert_eq!(class(&["50/min per ip"], &["5/min per ip"]), Class::Tightened);
    assert_eq!(class(&["5/min per ip"], &[]), Class::Widened);
    assert_eq!(class(&[], &["5/min per ip"]), Class::Tightened);
    assert_eq!(class(&["5/min per ip"], &["5/min per ip burst 6"]), Class::Widened);
    assert_eq!(class(&["5/min per ip"], &["5/min per principal"]), Class::Widened, "another key holds others");
    assert_eq!(class(&["5/min per ip"], &["5/min per global"]), Class::Tightened);
    assert_eq!(class(&["60/min per ip burst 1"], &["1/s per ip"]), Class::Equivalent, "the same pace and burst");
    assert_eq!(class(&["5/min per ip", "9/min per ip"], &["5/min per ip"]), Class::Equivalent, "the other held nobody");
    assert_eq!(class(&["5/min per ip", "9/h per ip"], &["9/h per ip", "4/min per ip", "1/s per global"]), Class::Tightened);
    let (both, texts) = changed(rates(&["5/min per ip"]), rates(&["6/min per ip burst 1"]));
    let said = "`rate` was `5/min per ip` and is `6/min per ip burst 1`";
    let (lost, gained) = ("callers are not held to `5/min per ip` any more", "callers are newly held to `6/min per ip burst 1`");
    assert_eq!((both, texts), (Class::Widened, vec![format!("{said}: {lost}"), format!("{said}: {gained}")]));
    let reordered = diff(
        &with(&[("GET /x", rates(&["5/s per ip", "9/h per ip"]))]),
        &with(&[("GET /x", rates(&["9/h per ip", "5/s per ip"]))]),
    );
    assert!(reordered.is_empty());
}

#[test]
fn every_other_fact_has_its_direction() {
    let base = || terms("authenticated");
    let check = |less: Terms, more: Terms, tightened: &str, widened: &str| {
        assert_eq!(changed(more.clone(), less.clone()), (Class::Tightened, vec![tightened.to_owned()]));
        assert_eq!(changed(less, more), (Class::Widened, vec![widened.to_owned()]));
    };
    let body = |bytes| Terms { body: Some(bytes), ..base() };
    check(body(1_024), body(2_048), "`body` was `2 KiB` and is `1 KiB`", "`body` was `1 KiB` and is `2 KiB`");
    check(body(1_024), base(), "`body` was not stated and is `1 KiB`", "`body` was `1 KiB` and is not stated");
    let timeout = |seconds| Terms { timeout: Some(Duration::from_secs(seconds)), ..base() };
    check(timeout(1), timeout(60), "`timeout` was `1 min` and is `1 s`", "`timeout` was `1 s` and is `1 min`");
    let when = Terms { when: Some("a == b".to_owned()), ..base() };
    check(when.clone(), base(), "`when` was not stated and is `a == b`", "`when` was `a == b` and is not stated");
    let step_up =
        |max_age: Option<u64>, mfa| Terms { step_up: Some(StepUp { max_age: max_age.map(Duration::from_secs), mfa }), ..base() };
    let (fresher, older) = (": the login has to be fresher", ": an older login is enough");
    let (five, ten) = ("`max_age = \"5 s\"`", "`max_age = \"10 s\"`");
    let said = |was: &str, is: &str, so: &str| format!("`step_up` was {was} and is {is}{so}");
    check(step_up(Some(5), false), step_up(Some(10), false), &said(ten, five, fresher), &said(five, ten, older));
    let (more, one) = (": more than one factor is needed", ": one factor is enough");
    check(step_up(None, true), base(), &said("not stated", "`mfa`", more), &said("`mfa`", "not stated", one));
    let audit = Terms { audit: Some("a".to_owned()), ..base() };
    let (leave, none) = ("calls leave a record now", "calls leave no record any more");
    check(
        audit,
        base(),
        &format!("`audit` was not stated and is `a`: {leave}"),
        &format!("`audit` was `a` and is not stated: {none}"),
    );
    let input = Terms { input: Some(Input::Json), ..base() };
    let (now, no_more) = ("the body is validated now", "the body is not seen to be validated any more");
    check(
        input,
        base(),
        &format!("`input` was not stated and is `json`: {now}"),
        &format!("`input` was `json` and is not stated: {no_more}"),
    );
    let unvalidated = Terms { unvalidated: Some("x".to_owned()), ..base() };
    let (checked, unchecked) = (": all input is checked now", ": input may be read unchecked");
    check(
        base(),
        unvalidated,
        &format!("`unvalidated` was `x` and is not stated{checked}"),
        &format!("`unvalidated` was not stated and is `x`{unchecked}"),
    );
}

#[test]
fn what_has_no_order_is_widened_and_what_is_a_name_is_not() {
    let base = || terms("authenticated");
    let text = |text: &str| Some(text.to_owned());
    let when = |condition| Terms { when: text(condition), ..base() };
    let (class, texts) = changed(when("a"), when("b"));
    assert_eq!(class, Class::Widened);
    assert_eq!(texts, ["`when` was `a` and is `b`: conditions cannot be compared, so that it counts as widened"]);
    let input = |input| Terms { input: Some(input), ..base() };
    assert_eq!(changed(input(Input::Json), input(Input::Form)).0, Class::Widened);
    let step_up = |seconds, mfa| Terms { step_up: Some(StepUp { max_age: Some(Duration::from_secs(seconds)), mfa }), ..base() };
    let traded = changed(step_up(5, false), step_up(10, true));
    assert_eq!((traded.0, traded.1.len()), (Class::Widened, 2), "{traded:?}");
    let names = Terms { audit: text("a"), unvalidated: text("a"), ..base() };
    let others = Terms { audit: text("b"), unvalidated: text("b"), ..Terms::new("x::renamed", Admission::Authenticated) };
    let renamed = changed(names, others);
    assert_eq!((renamed.0, renamed.1.len()), (Class::Equivalent, 3), "{renamed:?}");
}

#[test]
fn endpoints_and_doors_come_and_go() {
    let lock = with(&[("POST /x", terms("role = \"editor\""))]);
    let added =
        "new, answered by `x::handler`: its access is `role = \"editor\"`; newly admitted: a caller with the role `editor`";
    assert_eq!(only(&diff(&with(&[]), &lock)), (Class::Widened, vec![added.to_owned()]));
    let gone = "gone, with `x::handler`: its access was `role = \"editor\"`; newly refused: a caller with the role `editor`";
    assert_eq!(only(&diff(&lock, &with(&[]))), (Class::Tightened, vec![gone.to_owned()]));
    let dead = diff(&with(&[]), &with(&[("POST /x", terms("allow(any())"))]));
    assert_eq!(only(&dead).0, Class::Equivalent, "a door that opens for nobody");

    let open = |doors: &[(&str, &str)]| Lock {
        unsecured: doors.iter().map(|(at, why)| ((*at).to_owned(), (*why).to_owned())).collect(),
        ..Lock::default()
    };
    let (one, two) = (open(&[("/old", "a")]), open(&[("", "b"), ("/old", "a"), ("/old", "a")]));
    let wider = diff(&one, &two);
    let subjects: Vec<String> = wider.changes.iter().map(|change| change.subject.to_string()).collect();
    assert_eq!(subjects, ["unsecured router at the root", "unsecured router at /old"]);
    assert_eq!(wider.count(Class::Widened), 2);
    assert_eq!(wider.changes[0].details[0].text, "new: no policy guards it, because `b`");
    assert_eq!(diff(&two, &one).count(Class::Tightened), 2);
    let reason = only(&diff(&one, &open(&[("/old", "c")])));
    assert_eq!(reason, (Class::Equivalent, vec!["`reason` was `a` and is `c`: it is open as before".to_owned()]));
}

#[test]
fn routes_are_the_same_where_requests_are() {
    let (admin, user) = (|| terms("role = \"admin\""), || terms("role = \"user\""));
    let found = diff(&with(&[("GET /users/{id}", admin())]), &with(&[("GET /users/{user}", user())]));
    assert_eq!(found.changes.len(), 1, "{found}");
    assert_eq!(found.changes[0].subject, Subject::Endpoint(LockedRoute::new("GET", "/users/{user}")));
    assert!(
        found.changes[0].details[0]
            .text
            .contains("`/users/{id}` and is written `/users/{user}`, which matches the same requests")
    );

    let subjects =
        |diff: &Diff| diff.changes.iter().map(|change| format!("{} {}", change.class.word(), change.subject)).collect::<Vec<_>>();
    let named = diff(&with(&[("* /x", admin())]), &with(&[("* /x", admin()), ("GET /x", user())]));
    assert_eq!(subjects(&named), ["widened GET /x"], "one method is taken out of all");
    let merged = diff(&with(&[("GET /x", user()), ("PUT /x", user())]), &with(&[("* /x", admin())]));
    assert_eq!(subjects(&merged), ["widened * /x", "tightened GET /x", "tightened PUT /x"]);
    let head = diff(&with(&[("GET /x", admin())]), &with(&[("GET /x", admin()), ("HEAD /x", user())]));
    assert_eq!(subjects(&head), ["widened HEAD /x"], "GET answered HEAD");
    assert!(diff(&with(&[("GET /x", admin())]), &with(&[("GET /x", admin()), ("HEAD /x", admin())])).is_empty());
    let fallback = diff(&with(&[("* /x", admin())]), &with(&[("* /x", admin()), ("FALLBACK /x", admin())]));
    assert_eq!(subjects(&fallback), ["widened FALLBACK /x"], "`*` is no fallback");
    let alike = with(&[("GET /{a}", admin()), ("GET /{b}", user())]);
    assert!(diff(&alike, &alike).is_empty(), "no router has these, and nothing is lost of them");
    assert!(diff(&with(&[("GET /{a}", admin())]), &alike).is_widened());
}

#[test]
fn nothing_hidden_is_shown() {
    let evil =
        Terms { when: Some("a\u{202e}\u{1b}[2J".to_owned()), ..Terms::new("x\ny", "scope = \"\u{202e}\"".parse().unwrap()) };
    let lock = |name: &str| Lock {
        roles: Roles::new([(name, vec!["\u{200b}"])]),
        scopes: [("\u{202e}".to_owned(), "\n".to_owned())].into(),
        endpoints: [(LockedRoute::new("GET", "/\u{202e}"), evil.clone())].into(),
        unsecured: vec![("/\u{202e}".to_owned(), "\r".to_owned())],
    };
    for (old, new) in [(Lock::default(), lock("\u{7f}")), (lock("\u{7f}"), Lock::default())] {
        let text = diff(&old, &new).to_string();
        assert!(!text.chars().any(|character| character != '\n' && crate::visible::is_hidden(character)), "{text:?}");
    }
}

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
