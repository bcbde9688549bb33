//! The response headers: the default set on every kind of answer, each replaceable, and none over the handler's own.

use crate::support::{Ask, Service, token::nobody};
use axum::http::HeaderMap;
use portcullis::{OverTls, ResponseHeaders, SecurityBuilder, prelude::*};

#[secure(public = "anybody may")]
async fn open() {}

#[secure(authenticated)]
async fn closed() {}

#[secure(authenticated)]
async fn opinionated() -> ([(&'static str, &'static str); 3], &'static str) {
    ([("cache-control", "private, max-age=60"), ("x-frame-options", "SAMEORIGIN"), ("content-type", "text/css")], "*{}")
}

const ALWAYS: [(&str, &str); 5] = [
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
    ("cross-origin-resource-policy", "same-origin"),
];

fn router() -> SecureRouter {
    SecureRouter::new().route("/open", get(open)).route("/closed", get(closed)).route("/opinionated", get(opinionated))
}

fn with_headers(headers: ResponseHeaders) -> Service {
    Service::with(router(), |security| security.headers(headers))
}

/// Every header that the guard writes whatever the answer says, as it stands on the answer.
fn written(headers: &HeaderMap) -> Vec<(&str, &str)> {
    let mut written: Vec<_> = headers.iter().map(|(name, value)| (name.as_str(), value.to_str().unwrap())).collect();
    written.retain(|(name, _)| !["content-type", "content-length", "www-authenticate", "allow", "vary"].contains(name));
    written
}

#[tokio::test]
async fn a_public_answer_has_the_default_set_and_nothing_else() {
    let answer = Service::new(router()).send(Ask::get("/open")).await;
    assert_eq!(written(&answer.is(200).headers), ALWAYS);
}

#[tokio::test]
async fn an_authenticated_answer_has_no_store_too() {
    let answer = Service::new(router()).send(Ask::get("/closed").bearer(&nobody("ann"))).await;
    assert_eq!(answer.is(200).header("cache-control"), Some("no-store"));
    assert_eq!(written(&answer.headers).len(), ALWAYS.len() + 1);
}

#[tokio::test]
async fn denials_have_the_same_headers_as_the_answers_that_they_take_the_place_of() {
    let service = Service::new(router());
    let denied = service.send(Ask::get("/closed")).await;
    let answered = service.send(Ask::get("/closed").bearer(&nobody("ann"))).await;
    assert_eq!(written(&denied.is(401).headers), written(&answered.is(200).headers));
}

#[tokio::test]
async fn answers_that_no_endpoint_gave_have_the_headers_of_public_ones() {
    let service = Service::new(router());
    assert_eq!(written(&service.send(Ask::get("/nowhere")).await.is(404).headers), ALWAYS);
    assert_eq!(written(&service.send(Ask::post("/closed")).await.is(405).headers), ALWAYS);
}

#[tokio::test]
async fn what_the_handler_sets_stays_and_stays_single() {
    let answer = Service::new(router()).send(Ask::get("/opinionated").bearer(&nobody("ann"))).await;
    assert_eq!(answer.header("cache-control"), Some("private, max-age=60"));
    assert_eq!(answer.header("x-frame-options"), Some("SAMEORIGIN"));
    assert_eq!(answer.header("content-type"), Some("text/css"));
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
}

#[tokio::test]
async fn each_default_can_be_replaced_and_left_out() {
    for (name, default) in ALWAYS {
        let replaced = with_headers(ResponseHeaders::for_api().set(name, "other")).send(Ask::get("/open")).await;
        assert_eq!(replaced.header(name), Some("other"), "{name}");
        let without = with_headers(ResponseHeaders::for_api().without(name)).send(Ask::get("/open")).await;
        assert_eq!(without.header(name), None, "{name}: {default}");
        assert_eq!(written(&without.headers).len(), ALWAYS.len() - 1);
    }
}

#[tokio::test]
async fn a_replaced_no_store_stays_on_authenticated_answers_only() {
    let service = with_headers(ResponseHeaders::for_api().set("Cache-Control", "no-cache"));
    assert_eq!(service.send(Ask::get("/open")).await.header("cache-control"), None);
    assert_eq!(service.send(Ask::get("/closed").bearer(&nobody("ann"))).await.header("cache-control"), Some("no-cache"));
}

#[tokio::test]
async fn a_header_of_ones_own_is_on_every_answer() {
    let service = with_headers(ResponseHeaders::for_api().set("Permissions-Policy", "geolocation=()"));
    for path in ["/open", "/closed", "/nowhere"] {
        assert_eq!(service.send(Ask::get(path)).await.header("permissions-policy"), Some("geolocation=()"), "{path}");
    }
}

#[tokio::test]
async fn hsts_is_not_sent_over_plain_http_whatever_the_client_claims() {
    let service = Service::new(router());
    let ask = Ask::get("/open").header("x-forwarded-proto", "https").header("forwarded", "proto=https");
    assert_eq!(service.send(ask).await.header("strict-transport-security"), None);
    assert_eq!(service.send(Ask::get("https://example.com/open")).await.header("strict-transport-security"), None);
}

#[tokio::test]
async fn hsts_is_sent_where_the_listener_says_tls_on_every_answer() {
    let service = Service::new(router());
    for path in ["/open", "/closed", "/nowhere"] {
        let answer = service.send(Ask::get(path).extension(OverTls)).await;
        assert_eq!(answer.header("strict-transport-security"), Some("max-age=63072000; includeSubDomains"), "{path}");
    }
    let wrong_method = service.send(Ask::post("/open").extension(OverTls)).await;
    assert!(wrong_method.is(405).header("strict-transport-security").is_some());
}

#[tokio::test]
async fn hsts_is_sent_behind_tls_on_every_answer() {
    let service = Service::with(router(), SecurityBuilder::behind_tls);
    for path in ["/open", "/closed", "/nowhere"] {
        assert!(service.send(Ask::get(path)).await.header("strict-transport-security").is_some(), "{path}");
    }
}

#[tokio::test]
async fn hsts_can_be_replaced_and_keeps_its_condition() {
    let headers = ResponseHeaders::for_api().set("Strict-Transport-Security", "max-age=60");
    let service = with_headers(headers);
    assert_eq!(service.send(Ask::get("/open")).await.header("strict-transport-security"), None);
    let answer = service.send(Ask::get("/open").extension(OverTls)).await;
    assert_eq!(answer.header("strict-transport-security"), Some("max-age=60"));
}

#[tokio::test]
async fn the_answer_to_head_has_the_headers_of_get() {
    let service = Service::new(router());
    let answer = service.send(Ask::new(axum::http::Method::HEAD, "/open")).await;
    assert_eq!(written(&answer.is(200).headers), ALWAYS);
}
