//! Methods: each handler answers its own, HEAD goes through the guard of GET, and the others are a 405 that says which there are.

use crate::support::{
    Answer, Ask, Service,
    token::{admin, user},
};
use axum::{http::Method, routing::MethodFilter};
use portcullis::prelude::*;

#[secure(role = "user", rate = "2/min")]
async fn show() -> &'static str {
    "shown"
}

#[secure(role = "admin")]
async fn change(method: Method) -> String {
    method.to_string()
}

#[secure(public = "tells what there is")]
async fn describe() -> &'static str {
    "described"
}

async fn send(service: &Service, method: Method, token: &str) -> Answer {
    service.send(Ask::new(method, "/").bearer(token)).await
}

#[tokio::test]
async fn every_method_has_a_function_and_goes_through_its_guard() {
    let methods = get(change).post(change).put(change).patch(change).delete(change).options(change).trace(change);
    let service = Service::new(SecureRouter::new().route("/", methods));
    for method in [Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE, Method::OPTIONS, Method::TRACE] {
        send(&service, method.clone(), &user("ann")).await.is_denied(403, "not-allowed");
        assert_eq!(send(&service, method.clone(), &admin("ann")).await.is(200).text, method.as_str());
    }
    for (method, made) in [
        (Method::GET, get(change)),
        (Method::POST, post(change)),
        (Method::PUT, put(change)),
        (Method::PATCH, patch(change)),
        (Method::DELETE, delete(change)),
        (Method::OPTIONS, options(change)),
        (Method::TRACE, trace(change)),
    ] {
        let service = Service::new(SecureRouter::new().route("/", made));
        assert_eq!(send(&service, method.clone(), &admin("ann")).await.is(200).text, method.as_str());
        send(&service, method, &user("ann")).await.is(403);
    }
}

#[tokio::test]
async fn head_goes_through_the_guard_and_the_limits_of_get() {
    let service = Service::new(SecureRouter::new().route("/", get(show)));
    let refused = service.send(Ask::new(Method::HEAD, "/")).await;
    assert_eq!(refused.is(401).header("www-authenticate"), Some(r#"Bearer realm="api""#));
    let answer = send(&service, Method::HEAD, &user("ann")).await;
    assert_eq!(answer.is(200).text, "");
    send(&service, Method::GET, &user("ann")).await.is(200);
    send(&service, Method::HEAD, &user("ann")).await.is(429);
}

#[tokio::test]
async fn head_can_have_a_handler_and_a_policy_of_its_own() {
    let service = Service::new(SecureRouter::new().route("/", get(show).head(describe)));
    service.send(Ask::new(Method::HEAD, "/")).await.is(200);
    service.send(Ask::get("/")).await.is(401);
    let service = Service::new(SecureRouter::new().route("/", head(describe)));
    service.send(Ask::new(Method::HEAD, "/")).await.is(200);
    service.send(Ask::get("/")).await.is(405);
}

#[tokio::test]
async fn options_is_a_method_like_any_other() {
    let service = Service::new(SecureRouter::new().route("/", get(show)).route("/described", options(describe).get(show)));
    let preflight =
        Ask::new(Method::OPTIONS, "/").header("origin", "https://evil.example").header("access-control-request-method", "GET");
    let answer = service.send(preflight).await;
    answer.is_denied(405, "method-not-allowed");
    assert_eq!(answer.header("access-control-allow-origin"), None);
    service.send(Ask::new(Method::OPTIONS, "/described")).await.is(200);
    service.send(Ask::get("/described")).await.is(401);
}

#[tokio::test]
async fn any_answers_every_method_even_one_of_the_clients_own() {
    let service = Service::new(SecureRouter::new().route("/", any(change)));
    for method in ["GET", "HEAD", "POST", "CONNECT", "TRACE", "PROPFIND", "BREW"] {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        send(&service, method.clone(), &user("ann")).await.is(403);
        send(&service, method, &admin("ann")).await.is(200);
    }
}

#[tokio::test]
async fn any_beside_a_method_leaves_that_one_to_its_own_handler() {
    let service = Service::new(SecureRouter::new().route("/", any(change).get(describe)));
    service.send(Ask::get("/")).await.is(200);
    service.send(Ask::new(Method::HEAD, "/")).await.is(200);
    service.send(Ask::post("/")).await.is(401);
    send(&service, Method::POST, &admin("ann")).await.is(200);
}

#[tokio::test]
async fn on_answers_the_methods_of_its_filter() {
    let filter = MethodFilter::PUT.or(MethodFilter::PATCH);
    let service = Service::new(SecureRouter::new().route("/", on(filter, change).on(MethodFilter::GET, describe)));
    send(&service, Method::PUT, &admin("ann")).await.is(200);
    send(&service, Method::PATCH, &user("ann")).await.is(403);
    service.send(Ask::get("/")).await.is(200);
    let answer = send(&service, Method::POST, &admin("ann")).await;
    answer.is_denied(405, "method-not-allowed");
    let mut allowed: Vec<_> = answer.header("allow").unwrap().split(',').collect();
    allowed.sort_unstable();
    assert_eq!(allowed, ["GET", "HEAD", "PATCH", "PUT"]);
}

#[tokio::test]
async fn two_routes_of_one_path_are_one_and_name_all_their_methods() {
    let service = Service::new(SecureRouter::new().route("/", get(describe)).route("/", post(change)));
    service.send(Ask::get("/")).await.is(200);
    service.send(Ask::post("/")).await.is(401);
    let answer = service.send(Ask::new(Method::DELETE, "/")).await;
    assert_eq!(answer.is(405).header("allow"), Some("GET,HEAD,POST"));
}

#[tokio::test]
async fn a_method_that_a_header_asks_for_is_not_the_method() {
    let service = Service::new(SecureRouter::new().route("/", get(describe).delete(change)));
    let ask = Ask::get("/").header("x-http-method-override", "DELETE").header("x-method-override", "DELETE");
    assert_eq!(service.send(ask).await.is(200).text, "described");
    service.send(Ask::new(Method::DELETE, "/").header("x-http-method-override", "GET")).await.is(401);
}
