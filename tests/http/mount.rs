//! Endpoints that name their route: mounted where they say, and a problem anywhere else.

use crate::support::{Ask, Service, endpoint, security, token::nobody};
use axum::http::Method;
use portcullis::{Access, Entry, NamedRoute, Policy, Route, StartupErrors, prelude::*};

#[secure(get = "/users/{id}", authenticated)]
async fn show() -> &'static str {
    "show"
}

#[secure(delete = "/users/{id}", authenticated)]
async fn remove() -> &'static str {
    "remove"
}

#[secure(get = "/users/{id}", authenticated)]
async fn show_again() {}

#[secure(put = "/users/{name}", authenticated)]
async fn renamed() {}

#[secure(authenticated)]
async fn unnamed() {}

endpoint!(odd, Policy::new("mount::odd", 0, Access::Authenticated).route("BREW", "/pot"), "odd");

impl NamedRoute for odd {}

fn secure(router: SecureRouter) -> Result<axum::Router, StartupErrors> {
    router.secured_by(security(|security| security).0)
}

#[track_caller]
fn problems(router: SecureRouter, expected: &[&str]) {
    let errors = secure(router).expect_err("there is a problem");
    assert_eq!(errors.problems().collect::<Vec<_>>(), expected);
}

#[tokio::test]
async fn an_endpoint_is_where_it_says() {
    let service = Service::new(SecureRouter::new().mount(show).mount(remove).route("/unnamed", get(unnamed)));
    let token = nobody("ann");
    let ask = |method: Method, path: &str| Ask::new(method, path).bearer(&token);
    assert_eq!(service.send(ask(Method::GET, "/users/7")).await.is(200).text, "show");
    assert_eq!(service.send(ask(Method::HEAD, "/users/7")).await.is(200).text, "");
    assert_eq!(service.send(ask(Method::DELETE, "/users/7")).await.is(200).text, "remove");
    service.send(Ask::new(Method::DELETE, "/users/7")).await.is_denied(401, "no-credentials");
    let answer = service.send(ask(Method::PUT, "/users/7")).await;
    answer.is_denied(405, "method-not-allowed");
    assert_eq!(answer.header("allow"), Some("GET,HEAD,DELETE"));
}

#[test]
fn what_is_mounted_is_in_the_manifest() {
    let manifest = SecureRouter::<()>::new().mount(remove).mount(show).manifest();
    let route = |entry: &Entry| match entry {
        Entry::Endpoint { route: Route::Path { methods, path }, .. } => format!("{} {path}", methods.join(",")),
        other => panic!("{other:?}"),
    };
    let routes: Vec<_> = manifest.entries().iter().map(route).collect();
    assert_eq!(routes, ["DELETE /users/{id}", "GET /users/{id}"]);
}

#[test]
fn the_order_of_mounting_and_routing_does_not_matter() {
    let mounted = |router: SecureRouter| router.mount(show).mount(remove);
    assert!(secure(mounted(SecureRouter::new().route("/users/{id}", post(unnamed)))).is_ok());
    assert!(secure(mounted(SecureRouter::new()).route("/users/{id}", post(unnamed))).is_ok());
    assert!(secure(SecureRouter::new().mount(show).merge(SecureRouter::new().mount(remove))).is_ok());
}

#[test]
fn one_method_of_one_path_has_one_endpoint() {
    problems(SecureRouter::new().mount(show).mount(show_again), &["`/users/{id}` has two handlers for GET"]);
    problems(SecureRouter::new().mount(show).mount(show), &["`/users/{id}` has two handlers for GET"]);
    let merged = SecureRouter::new().mount(show).merge(SecureRouter::new().mount(remove).mount(show_again));
    problems(merged, &["`/users/{id}` has two handlers for GET"]);
    let errors = secure(SecureRouter::new().mount(show).mount(renamed)).unwrap_err();
    assert!(errors.to_string().contains("`/users/{name}` cannot be routed"), "{errors}");
}

#[test]
fn an_endpoint_that_is_elsewhere_is_a_problem() {
    let named = "`http::mount::show` names `GET /users/{id}` and is routed";
    let remedy = "name the full path, or route it where it says";
    let elsewhere = |place: &str| format!("{named} {place}; {remedy}");
    let nested = SecureRouter::new().mount(show);
    problems(SecureRouter::new().nest("/api", nested), &[&elsewhere("at `GET /api/users/{id}`")]);
    problems(SecureRouter::new().route("/people/{id}", get(show)), &[&elsewhere("at `GET /people/{id}`")]);
    problems(SecureRouter::new().route("/users/{name}", get(show)), &[&elsewhere("at `GET /users/{name}`")]);
    problems(SecureRouter::new().route("/users/{id}", post(show)), &[&elsewhere("at `POST /users/{id}`")]);
    problems(SecureRouter::new().route("/users/{id}", any(show)), &[&elsewhere("at `* /users/{id}`")]);
    problems(SecureRouter::new().fallback(show), &[&elsewhere("as the fallback")]);
    problems(SecureRouter::new().nest("/a", SecureRouter::new().fallback(show)), &[&elsewhere("as the fallback of `/a`")]);
    let methods = SecureRouter::new().route("/x", get(unnamed)).method_not_allowed_fallback(show);
    problems(methods, &[&elsewhere("as the fallback for methods")]);
    // Where it says, and somewhere else as well.
    problems(SecureRouter::new().mount(show).route("/me", get(show)), &[&elsewhere("at `GET /me`")]);
}

#[test]
fn an_endpoint_may_be_routed_by_hand_where_it_says() {
    assert!(secure(SecureRouter::new().route("/users/{id}", get(show).delete(remove))).is_ok());
    assert!(secure(SecureRouter::new().nest("/users", SecureRouter::new().route("/{id}", get(show)))).is_ok());
}

#[test]
fn a_method_that_there_is_not_is_a_problem_and_no_panic() {
    let expected = "`mount::odd` cannot be mounted: its policy names no method and path; route it with `.route(…)`";
    problems(SecureRouter::new().mount(odd), &[expected]);
}
