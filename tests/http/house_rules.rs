//! House rules at start-up: held to every endpoint where it ended up, all problems at once, in the words of the compile error.

use crate::support::jwt;
use portcullis::{RuleBook, StartupErrors, prelude::*};
use portcullis_policy::{Demands, Rule, Selector, Text};
use std::borrow::Cow;

#[secure(role = "user")]
async fn list() {}

#[secure(role = "admin", rate = "60/min")]
async fn remove() {}

#[secure(public = "anybody may")]
async fn open() {}

#[secure(get = "/admin/users", role = "user")]
async fn named() {}

const fn text(text: &'static str) -> Text {
    Cow::Borrowed(text)
}

const ANY: Selector = Selector { paths: Cow::Borrowed(&[]), endpoints: Cow::Borrowed(&[]), methods: Cow::Borrowed(&[]) };

static RULES: [Rule; 3] = [
    Rule {
        name: text("admin area"),
        line: 17,
        selector: Selector { paths: Cow::Borrowed(const { &[text("/admin/**")] }), ..ANY },
        demands: Demands { role: Some(text("admin")), ..Demands::NONE },
    },
    Rule {
        name: text("no anonymous deletes"),
        line: 23,
        selector: Selector { methods: Cow::Borrowed(const { &[text("DELETE")] }), ..ANY },
        demands: Demands { authenticated: true, ..Demands::NONE },
    },
    Rule {
        name: text("lists"),
        line: 29,
        selector: Selector { endpoints: Cow::Borrowed(const { &[text("crate::house_rules::list")] }), ..ANY },
        demands: Demands { audit: true, ..Demands::NONE },
    },
];

static BOOK: RuleBook = {
    let book = rule_book!();
    RuleBook::new(book.hash(), book.roles(), book.scopes()).rules(&RULES)
};

fn secure(router: SecureRouter) -> Result<axum::Router, StartupErrors> {
    router.secured_by(Security::builder(&BOOK).jwt(jwt()).build().unwrap())
}

#[track_caller]
fn problems(router: SecureRouter, expected: &[&str]) {
    let errors = secure(router).expect_err("there is a problem");
    assert_eq!(errors.problems().collect::<Vec<_>>(), expected);
}

fn plain() -> axum::Router {
    axum::Router::new().route("/metrics", axum::routing::get(async || "metrics"))
}

#[test]
fn endpoints_that_keep_the_rules() {
    let router =
        SecureRouter::new().route("/admin/users", delete(remove)).route("/", get(open)).route("/administration", get(open));
    assert!(secure(router).is_ok());
}

/// The problem of the endpoint `open`, which lets everybody in.
fn open_at(route: &str) -> String {
    format!(
        "`http::house_rules::open` at `{route}`: rule `admin area` (security.toml:17) wants the role `admin`, and a caller without \
         credentials gets in; write `role = \"admin\"`"
    )
}

#[test]
fn a_path_that_a_rule_looks_at() {
    problems(SecureRouter::new().route("/admin", get(open)), &[&open_at("GET /admin")]);
    problems(
        SecureRouter::new().route("/admin/a/b", any(open)).route("/x", get(open)),
        &[
            &open_at("* /admin/a/b"),
            "`http::house_rules::open` at `* /admin/a/b`: rule `no anonymous deletes` (security.toml:23) wants authenticated callers, \
         and a caller without credentials gets in; write `authenticated`",
        ],
    );
    // A parameter could be `admin`.
    problems(SecureRouter::new().route("/{tenant}/users", get(open)), &[&open_at("GET /{tenant}/users")]);
}

#[test]
fn a_path_that_is_one_only_where_the_router_is_nested() {
    let users = || SecureRouter::new().route("/users", get(open));
    assert!(secure(users()).is_ok());
    assert!(secure(SecureRouter::new().nest("/public", users())).is_ok());
    problems(SecureRouter::new().nest("/admin", users()), &[&open_at("GET /admin/users")]);
    let twice = SecureRouter::new().nest("/admin", SecureRouter::new().nest("/eu", users()));
    problems(twice, &[&open_at("GET /admin/eu/users")]);
}

#[test]
fn an_endpoint_that_named_its_route_is_held_to_where_it_is() {
    problems(
        SecureRouter::new().mount(named),
        &[
            "`http::house_rules::named` at `GET /admin/users`: rule `admin area` (security.toml:17) wants the role `admin`, and a caller \
         with the role `user` gets in; write `role = \"admin\"`",
        ],
    );
    problems(
        SecureRouter::new().route("/elsewhere", get(named)),
        &[
            "`http::house_rules::named` names `GET /admin/users` and is routed at `GET /elsewhere`; name the full path, or route it \
         where it says",
        ],
    );
}

#[test]
fn a_method_that_a_rule_looks_at() {
    let router = SecureRouter::new().route("/notes", get(open).delete(open).post(open));
    problems(
        router,
        &[
            "`http::house_rules::open` at `DELETE /notes`: rule `no anonymous deletes` (security.toml:23) wants authenticated callers, \
         and a caller without credentials gets in; write `authenticated`",
        ],
    );
}

#[test]
fn a_handler_that_a_rule_looks_at() {
    problems(
        SecureRouter::new().route("/a", get(list)).nest("/b", SecureRouter::new().route("/c", post(list))),
        &[
            "`http::house_rules::list` at `GET /a`: rule `lists` (security.toml:29) wants every call on record, and the endpoint leaves \
         none; write `audit = \"list\"`",
            "`http::house_rules::list` at `POST /b/c`: rule `lists` (security.toml:29) wants every call on record, and the endpoint \
         leaves none; write `audit = \"list\"`",
        ],
    );
}

#[test]
fn fallbacks_answer_whatever_is_under_them() {
    let delete = "rule `no anonymous deletes` (security.toml:23) wants authenticated callers, and a caller without credentials gets \
                  in; write `authenticated`";
    let router = || SecureRouter::new().route("/x", get(remove)).fallback(open);
    problems(router(), &[&format!("`http::house_rules::open` at `FALLBACK`: {delete}")]);
    let prefix = "FALLBACK /admin";
    problems(
        SecureRouter::new().nest("/admin", router()),
        &[&open_at(prefix), &format!("`http::house_rules::open` at `{prefix}`: {delete}")],
    );
    assert!(secure(SecureRouter::new().nest("/admin", SecureRouter::new().fallback(remove))).is_ok());
}

#[test]
fn a_door_past_the_guard_cannot_lie_under_a_rule() {
    let door = || SecureRouter::new().merge_unsecured(plain(), "scraped");
    assert!(secure(door()).is_ok(), "which routes it has, nobody can tell");
    assert!(secure(SecureRouter::new().nest("/internal", door())).is_ok());
    for prefix in ["/admin", "/admin/eu"] {
        problems(
            SecureRouter::new().nest(prefix, door()),
            &[&format!(
                "the unsecured routes (scraped) under `{prefix}/` have no policy, and rule `admin area` (security.toml:17) looks at what \
             is there; secure them, or put them elsewhere"
            )],
        );
    }
}

#[test]
fn all_problems_at_once() {
    let admin =
        SecureRouter::new().route("/a", get(open)).route("/b", get(open).delete(open)).merge_unsecured(plain(), "scraped");
    let router = SecureRouter::new().route("bad", get(open)).nest("/admin", admin).route("/list", get(list));
    let errors = secure(router).unwrap_err();
    let found: Vec<_> = errors.problems().collect();
    let expected =
        ["`bad`", "`GET /admin/a`", "`DELETE /admin/b`", "`DELETE /admin/b`", "`GET /admin/b`", "`GET /list`", "scraped"];
    assert_eq!(found.len(), expected.len(), "{errors}");
    for (problem, expected) in found.iter().zip(expected) {
        assert!(problem.contains(expected), "{expected} in {problem}");
    }
}

#[test]
fn a_rule_book_without_rules_demands_nothing() {
    let router = SecureRouter::new().route("/admin", any(open)).fallback(open);
    assert!(router.secured_by(Security::builder(rule_book!()).jwt(jwt()).build().unwrap()).is_ok());
}
