//! Routers of secured handlers: nested, merged, with fallbacks and with state, every leg behind its own guard.

use crate::support::{
    Ask, Service,
    token::{admin, user},
};
use axum::{
    extract::{NestedPath, Path, State},
    http::{Method, StatusCode, Uri},
};
use portcullis::prelude::*;

#[secure(role = "user")]
async fn list() -> &'static str {
    "list"
}

#[secure(role = "user")]
async fn item(Path((tenant, id)): Path<(String, u32)>) -> String {
    format!("{tenant} {id}")
}

#[secure(role = "admin")]
async fn lost(uri: Uri) -> (StatusCode, String) {
    (StatusCode::NOT_FOUND, format!("no {}", uri.path().len()))
}

#[secure(role = "admin")]
async fn wrong_method() -> (StatusCode, &'static str) {
    (StatusCode::METHOD_NOT_ALLOWED, "not like this")
}

#[secure(public = "anybody may")]
async fn open() -> &'static str {
    "open"
}

#[tokio::test]
async fn nested_routes_are_guarded_and_match_under_their_prefix_only() {
    let inner = SecureRouter::new().route("/", get(list)).route("/items/{id}", get(item));
    let service = Service::new(SecureRouter::new().nest("/tenants/{tenant}", inner).route("/open", get(open)));
    service.send(Ask::get("/tenants/acme")).await.is_denied(401, "no-credentials");
    assert_eq!(service.send(Ask::get("/tenants/acme").bearer(&user("ann"))).await.is(200).text, "list");
    assert_eq!(service.send(Ask::get("/tenants/acme/items/7").bearer(&user("ann"))).await.is(200).text, "acme 7");
    service.send(Ask::get("/tenants/acme/items/7")).await.is(401);
    service.send(Ask::get("/tenants/acme/")).await.is_denied(404, "not-found");
    service.send(Ask::get("/items/7").bearer(&user("ann"))).await.is_denied(404, "not-found");
    service.send(Ask::get("/open")).await.is(200);
    service.send(Ask::post("/tenants/acme/items/7")).await.is_denied(405, "method-not-allowed");
}

#[tokio::test]
async fn routers_nest_in_routers() {
    #[secure(public = "shows where it is")]
    async fn place(nested: NestedPath, uri: Uri) -> String {
        format!("{} {}", nested.as_str(), uri.path())
    }
    let innermost = SecureRouter::new().route("/c", get(place));
    let service = Service::new(SecureRouter::new().nest("/a", SecureRouter::new().nest("/b", innermost)));
    assert_eq!(service.send(Ask::get("/a/b/c")).await.is(200).text, "/a/b /c");
}

#[tokio::test]
async fn merged_routes_keep_their_guards() {
    let service =
        Service::new(SecureRouter::new().route("/open", get(open)).merge(SecureRouter::new().route("/list", get(list))));
    service.send(Ask::get("/open")).await.is(200);
    service.send(Ask::get("/list")).await.is(401);
    service.send(Ask::get("/list").bearer(&user("ann"))).await.is(200);
}

#[tokio::test]
async fn methods_of_one_path_can_come_from_two_routers() {
    let service = Service::new(SecureRouter::new().route("/x", get(open)).merge(SecureRouter::new().route("/x", post(list))));
    service.send(Ask::get("/x")).await.is(200);
    service.send(Ask::post("/x")).await.is(401);
    service.send(Ask::new(Method::PUT, "/x")).await.is_denied(405, "method-not-allowed");
}

#[tokio::test]
async fn a_fallback_is_guarded_like_any_handler() {
    let service = Service::new(SecureRouter::new().route("/open", get(open)).fallback(lost));
    service.send(Ask::get("/nowhere")).await.is_denied(401, "no-credentials");
    service.send(Ask::get("/nowhere").bearer(&user("ann"))).await.is_denied(403, "not-allowed");
    let answer = service.send(Ask::get("/nowhere").bearer(&admin("ann"))).await;
    assert_eq!(answer.is(404).text, "no 8");
    assert_eq!(answer.header("cache-control"), Some("no-store"));
}

#[tokio::test]
async fn a_fallback_of_a_nested_router_answers_under_its_prefix_only() {
    let inner = SecureRouter::new().route("/list", get(list)).fallback(lost);
    let service = Service::new(SecureRouter::new().route("/open", get(open)).nest("/inner", inner));
    service.send(Ask::get("/inner/nowhere")).await.is_denied(401, "no-credentials");
    service.send(Ask::get("/inner/nowhere").bearer(&admin("ann"))).await.is(404);
    service.send(Ask::get("/nowhere")).await.is_denied(404, "not-found");
}

#[tokio::test]
async fn a_nested_router_without_a_fallback_has_that_of_the_one_around_it() {
    let inner = SecureRouter::new().route("/list", get(list));
    let service = Service::new(SecureRouter::new().nest("/inner", inner).fallback(lost));
    service.send(Ask::get("/inner/nowhere")).await.is_denied(401, "no-credentials");
    service.send(Ask::get("/elsewhere").bearer(&admin("ann"))).await.is(404);
}

#[tokio::test]
async fn a_method_fallback_is_guarded_and_says_what_is_allowed() {
    let service = Service::new(SecureRouter::new().route("/open", get(open)).method_not_allowed_fallback(wrong_method));
    service.send(Ask::post("/open")).await.is_denied(401, "no-credentials");
    service.send(Ask::post("/open").bearer(&user("ann"))).await.is_denied(403, "not-allowed");
    let answer = service.send(Ask::post("/open").bearer(&admin("ann"))).await;
    assert_eq!(answer.is(405).text, "not like this");
    assert_eq!(answer.header("allow"), Some("GET,HEAD"));
    service.send(Ask::get("/open")).await.is(200);
    service.send(Ask::get("/nowhere")).await.is_denied(404, "not-found");
}

#[tokio::test]
async fn a_method_fallback_covers_the_routes_before_it_and_the_problem_covers_the_rest() {
    let router =
        SecureRouter::new().route("/before", get(open)).method_not_allowed_fallback(wrong_method).route("/after", get(open));
    let service = Service::new(router);
    service.send(Ask::post("/before")).await.is_denied(401, "no-credentials");
    service.send(Ask::post("/after")).await.is_denied(405, "method-not-allowed");
}

#[tokio::test]
async fn state_reaches_handlers_wherever_they_are_routed() {
    #[secure(public = "shows the state")]
    async fn stated(State(state): State<u32>) -> String {
        state.to_string()
    }
    let inner = SecureRouter::new().route("/stated", get(stated));
    let router = SecureRouter::new().route("/stated", get(stated)).nest("/inner", inner).fallback(stated).with_state(42);
    let service = Service::new(router);
    for path in ["/stated", "/inner/stated", "/nowhere"] {
        assert_eq!(service.send(Ask::get(path)).await.is(200).text, "42", "{path}");
    }
}

#[tokio::test]
async fn an_unsecured_router_is_let_in_as_it_is() {
    let plain = axum::Router::new().route("/metrics", axum::routing::get(async || "metrics"));
    let service =
        Service::new(SecureRouter::new().route("/list", get(list)).merge_unsecured(plain, "scraped from inside the cluster"));
    let answer = service.send(Ask::get("/metrics")).await;
    assert_eq!(answer.is(200).text, "metrics");
    service.send(Ask::get("/list")).await.is(401);
    service.send(Ask::get("/nowhere")).await.is_denied(404, "not-found");
}

#[tokio::test]
async fn the_app_nests_in_a_plain_router_with_its_guard() {
    let service = Service::new(SecureRouter::new().route("/list", get(list)));
    let app = axum::Router::new().nest("/api", service.app.clone()).route("/plain", axum::routing::get(async || "plain"));
    crate::support::answer(&app, Ask::get("/api/list")).await.is_denied(401, "no-credentials");
    crate::support::answer(&app, Ask::get("/api/list").bearer(&user("ann"))).await.is(200);
    crate::support::answer(&app, Ask::get("/plain")).await.is(200);
}
