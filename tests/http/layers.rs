//! Layers run around the guard: they can look, add and rewrite, and they cannot take the guard off.

use crate::support::{
    Ask, Service,
    token::{admin, user},
};
use axum::{
    body::Body,
    extract::Request,
    http::{HeaderValue, StatusCode},
    middleware::{Next, from_fn, map_response},
    response::Response,
};
use portcullis::{Denial, prelude::*};

#[secure(role = "admin")]
async fn secret() -> &'static str {
    "secret"
}

#[secure(role = "user")]
async fn other() -> &'static str {
    "other"
}

/// A layer that throws everything away that a request brought along.
async fn bare(request: Request, next: Next) -> Response {
    let (mut head, body) = request.into_parts();
    head.extensions.clear();
    next.run(Request::from_parts(head, body)).await
}

/// A layer that takes the credentials away.
async fn without_credentials(mut request: Request, next: Next) -> Response {
    request.headers_mut().remove("authorization");
    next.run(request).await
}

/// A layer that makes everybody an administrator, as far as it can.
async fn pretend(mut request: Request, next: Next) -> Response {
    request.extensions_mut().insert(Denial::NoCredentials);
    request.extensions_mut().insert("admin");
    request.headers_mut().insert("x-role", HeaderValue::from_static("admin"));
    next.run(request).await
}

#[tokio::test]
async fn no_layer_around_a_router_strips_the_guard() {
    for router in [
        SecureRouter::new().route("/", get(secret)).layer(from_fn(bare)),
        SecureRouter::new().route("/", get(secret)).route_layer(from_fn(bare)),
        SecureRouter::new().route("/", get(secret).layer(from_fn(bare))),
        SecureRouter::new().route("/", get(secret)).layer(from_fn(pretend)),
        SecureRouter::new().route("/", get(secret)).route_layer(from_fn(pretend)),
        SecureRouter::new().route("/", get(secret).layer(from_fn(pretend))),
    ] {
        let service = Service::new(router);
        service.send(Ask::get("/")).await.is_denied(401, "no-credentials");
        service.send(Ask::get("/").bearer(&user("ann"))).await.is_denied(403, "not-allowed");
        assert_eq!(service.send(Ask::get("/").bearer(&admin("ann"))).await.is(200).text, "secret");
    }
}

#[tokio::test]
async fn a_layer_can_only_make_a_request_weaker() {
    let service = Service::new(SecureRouter::new().route("/", get(secret)).layer(from_fn(without_credentials)));
    service.send(Ask::get("/").bearer(&admin("ann"))).await.is_denied(401, "no-credentials");
}

#[tokio::test]
async fn a_layer_runs_before_the_guard_and_sees_its_answer() {
    let mark = map_response(async |mut response: Response| {
        let status = HeaderValue::from(response.status().as_u16());
        response.headers_mut().insert("x-seen", status);
        response
    });
    let service = Service::new(SecureRouter::new().route("/", get(secret)).layer(mark));
    assert_eq!(service.send(Ask::get("/")).await.is(401).header("x-seen"), Some("401"));
    assert_eq!(service.send(Ask::get("/").bearer(&admin("ann"))).await.is(200).header("x-seen"), Some("200"));
}

#[tokio::test]
async fn a_layer_that_rewrites_the_answer_does_not_let_the_handler_run() {
    let cheerful = map_response(async |mut response: Response| {
        *response.status_mut() = StatusCode::OK;
        *response.body_mut() = Body::from("all is well");
        response
    });
    let service = Service::new(SecureRouter::new().route("/", get(secret)).layer(cheerful));
    let answer = service.send(Ask::get("/")).await;
    assert_eq!(answer.text, "all is well");
    assert!(answer.header("www-authenticate").is_some(), "still the guard's answer underneath");
}

#[tokio::test]
async fn a_layer_that_swaps_paths_meets_the_guard_of_what_it_reaches() {
    let service = Service::new(SecureRouter::new().route("/secret", get(secret)).route("/other", get(other)));
    let rewrite = from_fn(async |mut request: Request, next: Next| {
        *request.uri_mut() = "/secret".parse().unwrap();
        next.run(request).await
    });
    // Around the whole app, where a layer can still change which route is taken.
    let app = axum::Router::new().fallback_service(tower::Layer::layer(&rewrite, service.app));
    crate::support::answer(&app, Ask::get("/other").bearer(&user("ann"))).await.is_denied(403, "not-allowed");
    crate::support::answer(&app, Ask::get("/other").bearer(&admin("ann"))).await.is(200);
}

#[tokio::test]
async fn a_layer_covers_the_routes_before_it_and_none_after() {
    let mark = map_response(async |mut response: Response| {
        response.headers_mut().insert("x-layer", HeaderValue::from_static("yes"));
        response
    });
    let router = SecureRouter::new().route("/before", get(secret)).route_layer(mark).route("/after", get(secret));
    let service = Service::new(router);
    assert_eq!(service.send(Ask::get("/before")).await.is(401).header("x-layer"), Some("yes"));
    assert_eq!(service.send(Ask::get("/after")).await.is(401).header("x-layer"), None);
    assert_eq!(service.send(Ask::get("/nowhere")).await.is(404).header("x-layer"), None);
}

#[tokio::test]
async fn a_method_router_with_a_layer_keeps_its_problem_for_other_methods() {
    let service = Service::new(SecureRouter::new().route("/", get(secret).layer(from_fn(bare))));
    let answer = service.send(Ask::post("/")).await;
    answer.is_denied(405, "method-not-allowed");
    assert_eq!(answer.header("allow"), Some("GET,HEAD"));
}

#[tokio::test]
async fn the_denial_is_not_left_on_the_answer_for_layers_to_render_again() {
    let look = map_response(async |mut response: Response| {
        let found = response.extensions().get::<Denial>().is_some();
        response.headers_mut().insert("x-denial", HeaderValue::from_static(if found { "there" } else { "gone" }));
        response
    });
    let service = Service::new(SecureRouter::new().route("/", get(secret)).layer(look));
    assert_eq!(service.send(Ask::get("/")).await.is(401).header("x-denial"), Some("gone"));
}
