//! What is wrong with a service is an error before a socket opens, with every problem in it, and never a panic.

use crate::support::{AUDIENCE, ISSUER, SECRET, jwt};
use axum::{
    Extension,
    routing::{self, MethodFilter},
};
use portcullis::{
    ResponseHeaders, RuleBook, Security, StartupErrors,
    api_key::{ApiKey, ApiKeys},
    jwt::{Jwt, JwtKey},
    prelude::*,
    routing::MethodRouter,
};

#[secure(public = "anybody may")]
async fn open() {}

#[secure(role = "admin")]
async fn closed() {}

#[secure(authenticated)]
async fn inside() {}

fn security() -> Security {
    Security::builder(rule_book!()).jwt(jwt()).build().unwrap()
}

/// The problems of a router, without those of a good one.
#[track_caller]
fn problems(router: SecureRouter) -> Vec<String> {
    let errors = router.secured_by(security()).expect_err("there is a problem");
    errors.problems().map(str::to_owned).collect()
}

/// That there is one problem, and that it names all of this.
#[track_caller]
fn one_problem(router: SecureRouter, names: &[&str]) {
    let problems = problems(router);
    assert_eq!(problems.len(), 1, "{problems:#?}");
    assert!(names.iter().all(|name| problems[0].contains(name)), "{names:?} in {:?}", problems[0]);
}

fn plain(path: &str) -> axum::Router {
    axum::Router::new().route(path, routing::get(async || "plain"))
}

#[test]
fn a_good_router_has_no_problems() {
    assert!(SecureRouter::new().secured_by(security()).is_ok());
    assert!(SecureRouter::new().route("/", get(closed).post(open)).secured_by(security()).is_ok());
}

#[test]
fn paths_that_axum_panics_about() {
    for path in ["", "users", "/:id", "/users/*rest", "/{", "/{}", "/a{b}{c}", "/{*rest}/more", "/{a"] {
        one_problem(SecureRouter::new().route(path, get(open)), &[path]);
    }
}

#[test]
fn routes_that_conflict() {
    let router = || SecureRouter::new().route("/users/{id}", get(open));
    one_problem(router().route("/users/{id}", get(closed)), &["/users/{id}", "GET"]);
    one_problem(router().route("/users/{name}", post(closed)), &["/users/{name}"]);
    one_problem(router().merge(router()), &["/users/{id}", "GET"]);
    one_problem(router().nest("/users", SecureRouter::new().route("/{id}", get(closed))), &["/users/{id}"]);
    one_problem(SecureRouter::new().route("/", any(open)).route("/", any(closed)), &["/"]);
}

#[test]
fn two_handlers_of_one_method() {
    one_problem(SecureRouter::new().route("/", get(open).get(closed)), &["GET", "closed"]);
    let all = on(MethodFilter::GET.or(MethodFilter::POST), open);
    one_problem(SecureRouter::new().route("/", all.post(closed)), &["POST", "closed"]);
}

#[test]
fn prefixes_that_axum_panics_about() {
    let inner = || SecureRouter::new().route("/x", get(open));
    for prefix in ["/", "", "api", "/{*rest}", "/:version", "/{"] {
        one_problem(SecureRouter::new().nest(prefix, inner()), &[prefix]);
    }
    one_problem(SecureRouter::new().nest("/", SecureRouter::new()), &["merge"]);
    one_problem(SecureRouter::new().nest("/{*rest}", SecureRouter::new()), &["/{*rest}"]);
}

#[test]
fn two_fallbacks_cannot_be_merged() {
    let router = || SecureRouter::new().fallback(open);
    one_problem(router().merge(router()), &["fallback"]);
    let router = |method: MethodRouter| SecureRouter::new().route("/", method).method_not_allowed_fallback(open);
    one_problem(router(get(open)).merge(router(post(open))), &["fallback"]);
    one_problem(router(get(open)).route("/", any(open)), &["/"]);
}

#[test]
fn a_route_layer_before_any_route() {
    one_problem(SecureRouter::new().route_layer(Extension(())), &["route_layer"]);
}

#[test]
fn an_unsecured_router_needs_a_reason_and_room() {
    for reason in ["", " ", "\t\n"] {
        one_problem(SecureRouter::new().merge_unsecured(plain("/metrics"), reason), &["reason"]);
    }
    let taken = SecureRouter::new().route("/metrics", get(closed));
    one_problem(taken.merge_unsecured(plain("/metrics"), "scraped"), &["scraped"]);
}

#[test]
fn secured_routes_that_conflict_with_unsecured_ones_before_them() {
    let router = || SecureRouter::new().merge_unsecured(plain("/metrics"), "scraped");
    one_problem(router().route("/metrics", get(closed)), &["/metrics"]);
    one_problem(router().route("/{anything}", get(closed)).route("/metrics", get(open)), &["/metrics"]);
    one_problem(router().merge(SecureRouter::new().route("/metrics", get(closed))), &["/metrics"]);
    one_problem(router().merge(router()), &["/metrics"]);
    let nested = SecureRouter::new().merge_unsecured(plain("/api/metrics"), "scraped");
    one_problem(nested.nest("/api", SecureRouter::new().route("/metrics", get(closed))), &["/metrics"]);
}

#[test]
fn an_unsecured_fallback_is_not_lost_in_silence() {
    let plain = || axum::Router::new().fallback(async || "plain");
    for router in [SecureRouter::new().fallback(open), SecureRouter::new().route("/", get(open)), SecureRouter::new()] {
        one_problem(router.merge_unsecured(plain(), "an old site"), &["an old site", "fallback"]);
    }
}

#[test]
fn a_rule_book_of_another_build() {
    static OTHER: RuleBook = RuleBook::new(1, &[], &[]);
    let security = || Security::builder(&OTHER).jwt(jwt()).build().unwrap();
    let errors = SecureRouter::new().route("/", get(closed)).secured_by(security()).unwrap_err();
    assert!(errors.to_string().contains("security.toml"), "{errors}");
    assert!(SecureRouter::new().route("/", get(inside)).secured_by(security()).is_err());
}

#[test]
fn endpoints_that_need_credentials_of_a_service_that_accepts_none() {
    let security = || Security::builder(rule_book!()).without_authentication().build().unwrap();
    assert!(SecureRouter::new().route("/", get(open)).secured_by(security()).is_ok());
    let router = SecureRouter::new().route("/", get(open).post(closed)).fallback(inside).method_not_allowed_fallback(closed);
    let errors = router.secured_by(security()).unwrap_err();
    let problems: Vec<_> = errors.problems().collect();
    assert_eq!(problems.len(), 2, "each endpoint once: {problems:#?}");
    assert!(problems[0].contains("startup::closed") && problems[0].contains(".jwt("), "{problems:#?}");
    assert!(problems[1].contains("startup::inside"), "{problems:#?}");
}

#[test]
fn all_problems_are_reported_at_once_and_in_order() {
    let inner = SecureRouter::new().route("bad", get(open)).route("/:old", get(open));
    let router = SecureRouter::new()
        .route("/a", get(open).get(open))
        .route("/b", get(closed))
        .route("/b", get(closed))
        .nest("/", inner)
        .merge_unsecured(axum::Router::new(), "")
        .route_layer(Extension(()));
    let security = Security::builder(rule_book!()).without_authentication().build().unwrap();
    let errors = router.secured_by(security).unwrap_err();
    let problems: Vec<_> = errors.problems().collect();
    let expected = ["GET", "`/b`", "`bad`", "`/:old`", "`/`", "reason", "credentials"];
    assert_eq!(problems.len(), expected.len(), "{problems:#?}");
    for (problem, expected) in problems.iter().zip(expected) {
        assert!(problem.contains(expected), "{expected} in {problem}");
    }
    let printed = errors.to_string();
    assert!(printed.starts_with("7 problems keep the service from starting:\n- "), "{printed}");
    assert_eq!(printed, format!("{errors:?}"));
    assert_eq!(printed.lines().count(), 8, "{printed}");
}

#[track_caller]
fn builder_problems(errors: Result<Security, StartupErrors>, expected: &[&str]) {
    let errors = errors.expect_err("there is a problem");
    let problems: Vec<_> = errors.problems().collect();
    assert_eq!(problems.len(), expected.len(), "{problems:#?}");
    for expected in expected {
        assert!(problems.iter().any(|problem| problem.contains(expected)), "{expected} in {problems:#?}");
    }
}

#[test]
fn all_problems_of_the_builder_are_reported_at_once() {
    let builder = Security::builder(rule_book!())
        .jwt(Jwt::new("", " ", JwtKey::hs256(SECRET).unwrap()))
        .body_limit("64 kbb")
        .time_limit("soon")
        .failed_authentications("5/min per principal")
        .tracked_keys(0)
        .realm("a \"realm\"")
        .headers(ResponseHeaders::for_api().set("bad name", "x").without("x-frame-option"));
    let expected =
        ["`body_limit`", "`time_limit`", "per ip", "tracked_keys", "realm", "bad name", "x-frame-option", "issuer", "audience"];
    builder_problems(builder.build(), &expected);
}

#[test]
fn keys_that_cannot_be_told_apart() {
    let key = || JwtKey::hs256(SECRET).unwrap().with_id("2026-01");
    builder_problems(Security::builder(rule_book!()).jwt(Jwt::new(ISSUER, AUDIENCE, key()).key(key())).build(), &["2026-01"]);
    let hash = "0".repeat(64);
    let api_key = || ApiKey::from_hash("billing", &hash, "billing").unwrap();
    let keys = ApiKeys::new()
        .key(api_key().roles(["admn"]))
        .key(api_key())
        .key(ApiKey::from_hash("other", &hash, "x").unwrap().scopes(["nope"]));
    builder_problems(Security::builder(rule_book!()).api_keys(keys).build(), &["prefix", "did you mean `admin`", "nope"]);
}

#[test]
fn realms_that_could_break_out_of_their_quotes() {
    for realm in ["\"", "\\", "a\r\nb", "é", "\u{7f}"] {
        builder_problems(Security::builder(rule_book!()).jwt(jwt()).realm(realm).build(), &["realm"]);
    }
}

#[test]
fn a_scheme_that_is_set_twice() {
    let builder = Security::builder(rule_book!()).jwt(jwt()).jwt(jwt()).api_keys(ApiKeys::new()).api_keys(ApiKeys::new());
    builder_problems(builder.build(), &["`jwt` is set twice", "`api_keys` is set twice"]);
}
