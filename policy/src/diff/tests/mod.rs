//! The diff by the words of its report: access, routes, roles and doors.

mod facts;
mod properties;

use super::{Aspect, Change, Class, Diff, Subject, diff};
use crate::{Admission, Lock, LockedRoute, Predicate, Roles, Terms};

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
