//! The paragraphs, whole: what a person in compliance reads.

use super::explain;
use crate::{LockedRoute, Roles, Terms, lock::tests::clinic, strategies};
use proptest::prelude::*;

fn of(route: &str) -> String {
    let lock = clinic();
    let route: LockedRoute = route.parse().unwrap();
    explain(&route, &lock.endpoints[&route], &lock.roles)
}

/// Who may call, as far as the sentence goes.
fn who(access: &str) -> String {
    let paragraph = explain(&LockedRoute::new("GET", "/x"), &Terms::new("x", access.parse().unwrap()), &Roles::default());
    let who = paragraph.strip_prefix("`GET /x` may be called by ").unwrap();
    who.split_once(". ").unwrap().0.to_owned()
}

#[test]
fn everything_that_is_stated_is_said() {
    let delete = "`DELETE /users/{id}` may be called by every authenticated caller who has the role `admin`. The login must be no \
        older than 5 minutes and have used more than one factor. This condition has to hold as well: `principal.subject() != id || \
        principal.has_role(\"it's\")`. It answers at most 5 calls a minute for each principal, all at once or one every 12 seconds; \
        and at most 100 calls a day for all callers together, up to 20 of them at once and then one every 864 seconds. A body has at \
        most 64 KiB and a call takes at most 10 seconds. The body is read as JSON and checked by its rules. Every call leaves an \
        audit record named `user.delete`. The handler is `clinic::users::delete_user`.";
    assert_eq!(of("DELETE /users/{id}"), delete);
    let health = "`GET /health` may be called by anybody, without credentials; the reason given is \"load balancers probe it\". It \
        answers at most 60 calls a minute for each address, all at once or one every second. No limit is stated on the size of the \
        body or on the time that a call takes. It may read unchecked input; the reason given is \"nothing is read\". The handler is \
        `clinic::health`.";
    assert_eq!(of("GET /health"), health);
}

#[test]
fn what_a_router_has_for_the_rest_is_described() {
    let rest = "may be called by every authenticated caller. No limit is stated on the rate of calls, on the size of the body, or on \
        the time that a call takes. The handler is `clinic::lost`.";
    assert_eq!(of("FALLBACK"), format!("Every path that no endpoint answers {rest}"));
    assert_eq!(of("METHOD_NOT_ALLOWED /api"), format!("Every path under `/api`, with a method that no endpoint answers, {rest}"));
    let any = explain(&LockedRoute::new("*", "/x"), &Terms::new("x", "authenticated".parse().unwrap()), &Roles::default());
    assert!(any.starts_with("`/x`, with every method that no other endpoint answers, may be called by"), "{any}");
}

#[test]
fn roles_that_include_others_are_named() {
    let lock = clinic();
    let terms = Terms::new("x", "allow(any(role = \"user\", role = \"editor\", not(role = \"it's\")))".parse().unwrap());
    let paragraph = explain(&LockedRoute::new("GET", "/x"), &terms, &lock.roles);
    assert!(
        paragraph.contains(". The roles `admin` and `editor` include `user`. The role `admin` includes `editor`. No "),
        "{paragraph}"
    );
}

#[test]
fn access_has_one_reading() {
    let every = |clause: &str| format!("every authenticated caller who {clause}");
    assert_eq!(who("public"), "anybody, without credentials; no reason is given");
    assert_eq!(who("authenticated"), "every authenticated caller");
    assert_eq!(who("allow(authenticated)"), "every authenticated caller");
    assert_eq!(who("allow(any())"), "nobody");
    assert_eq!(who("scope = \"s\""), every("has the scope `s`"));
    let (a, b, c, s) = ("role = \"a\"", "role = \"b\"", "role = \"c\"", "scope = \"s\"");
    let allow = |tree: String| who(&format!("allow({tree})"));
    let (ra, rb, rc, rs) = ("the role `a`", "the role `b`", "the role `c`", "the scope `s`");
    let cases = [
        (format!("any({a}, {b})"), format!("has {ra} or {rb}")),
        (format!("any({a}, {b}, {s})"), format!("has {ra}, {rb} or {rs}")),
        (format!("all({a}, {s})"), format!("has both {ra} and {rs}")),
        (format!("all({a}, {b}, {s})"), format!("has all of {ra}, {rb} and {rs}")),
        (format!("any({a}, all({b}, {s}))"), format!("has {ra}, or both {rb} and {rs}")),
        (format!("all({s}, any({a}, {b}))"), format!("has {rs}, and either {ra} or {rb}")),
        (format!("all({s}, any({a}, {b}, {c}))"), format!("has {rs}, and one of {ra}, {rb} and {rc}")),
        (format!("any({a}, all({s}, any({b}, {c})))"), format!("has {ra}, or ({rs}, and either {rb} or {rc})")),
        (format!("any(all({a}))"), format!("has {ra}")),
        (format!("not({a})"), format!("does not have {ra}")),
        (format!("not(any({a}, {s}))"), format!("has neither {ra} nor {rs}")),
        (format!("not(any({a}, {b}, {s}))"), format!("has none of {ra}, {rb} and {rs}")),
        (format!("not(all({a}, {s}))"), format!("does not have both {ra} and {rs}")),
        (format!("not(any({a}, all({b}, {s})))"), format!("does not have ({ra}, or both {rb} and {rs})")),
        (format!("not(not({a}))"), format!("is not one who does not have {ra}")),
        (format!("all({a}, not({b}))"), format!("has {ra}, and does not have {rb}")),
        (format!("all(authenticated, not({b}))"), format!("is authenticated, and does not have {rb}")),
        (format!("any({a}, all({s}, not({b})))"), format!("has {ra}, or (has {rs}, and does not have {rb})")),
        (format!("any({a}, any())"), format!("has {ra}, or does what nobody can")),
    ];
    for (tree, clause) in cases {
        assert_eq!(allow(tree), every(&clause));
    }
}

#[test]
fn limits_are_in_good_grammar() {
    let rate = |text: &str| {
        let rate: crate::Rate = text.parse().unwrap();
        let limit = crate::Limit::new(rate.count(), rate.period_seconds(), rate.burst(), rate.key().unwrap());
        let terms = Terms { limits: vec![limit], ..Terms::new("x", "authenticated".parse().unwrap()) };
        let paragraph = explain(&LockedRoute::new("GET", "/x"), &terms, &Roles::default());
        let (_, rest) = paragraph.split_once("It answers at most ").unwrap();
        rest.split_once(". No").unwrap().0.to_owned()
    };
    assert_eq!(rate("1/s per ip"), "1 call a second for each address");
    assert_eq!(rate("1/min per ip burst 5"), "1 call a minute for each address, up to 5 of them at once and then one a minute");
    assert_eq!(
        rate("2/15min per global"),
        "2 calls in 15 minutes for all callers together, all at once or one every 450 seconds"
    );
    assert_eq!(rate("24/day per principal burst 1"), "24 calls a day for each principal, one every hour");
    assert_eq!(rate("7/min per ip"), "7 calls a minute for each address, all at once or one about every 8.6 seconds");
    assert_eq!(rate("8/s per ip burst 1"), "8 calls a second for each address, one every 125 milliseconds");
    assert_eq!(rate("3/s per ip"), "3 calls a second for each address, all at once or one after the other in even steps");
}

proptest! {
    #[test]
    fn it_is_one_paragraph_in_which_nothing_hides(lock in strategies::locks()) {
        for (route, terms) in &lock.endpoints {
            let paragraph = explain(route, terms, &lock.roles);
            prop_assert!(paragraph.ends_with("`.") && !paragraph.contains(crate::visible::is_hidden), "{:?}", paragraph);
        }
    }
}
