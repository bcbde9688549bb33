//! Public endpoints: credentials do not matter, unless the handler asks who is calling; then bad ones are never taken for none.

use crate::support::{
    Ask, Service,
    token::{claims, hs256, nobody, user},
};
use axum::http::StatusCode;
use portcullis::{Denial, prelude::*};
use serde_json::json;

#[secure(public = "anybody may")]
async fn open() -> &'static str {
    "open"
}

#[secure(public)]
async fn bare() -> &'static str {
    "bare"
}

#[secure(public = "greets whoever it is")]
async fn greet(principal: Option<Principal>) -> String {
    principal
        .map_or_else(|| "hello".to_owned(), |principal| format!("hello {} {}", principal.subject(), principal.has_role("user")))
}

#[secure(public = "looks twice")]
async fn twice(first: Option<Principal>, second: Option<Principal>) -> String {
    [first, second]
        .map(|principal| principal.map_or_else(|| "-".to_owned(), |principal| principal.subject().to_owned()))
        .join(" ")
}

#[secure(public = "tells what is wrong")]
async fn inspect(principal: Result<Principal, Denial>) -> StatusCode {
    principal.map_or_else(
        |denial| if denial == Denial::NoCredentials { StatusCode::ACCEPTED } else { StatusCode::CONFLICT },
        |_| StatusCode::OK,
    )
}

fn service() -> Service {
    let router = SecureRouter::new()
        .route("/open", get(open))
        .route("/bare", get(bare))
        .route("/greet", get(greet))
        .route("/twice", get(twice))
        .route("/inspect", get(inspect));
    Service::with(router, |security| security.realm("lobby"))
}

#[tokio::test]
async fn a_public_endpoint_ignores_credentials_however_bad() {
    let service = Service::with(SecureRouter::new().route("/open", get(open)).route("/bare", get(bare)), |security| {
        security.failed_authentications("1/h")
    });
    for _ in 0..3 {
        for path in ["/open", "/bare"] {
            service.send(Ask::get(path)).await.is(200);
            service.send(Ask::get(path).bearer("forged")).await.is(200);
            service.send(Ask::get(path).bearer("one").bearer("two")).await.is(200);
            service.send(Ask::get(path).header("authorization", b"Bearer \xff")).await.is(200);
            service.send(Ask::get(path).bearer(&nobody("ann"))).await.is(200);
        }
    }
}

#[tokio::test]
async fn an_optional_principal_is_none_without_credentials() {
    assert_eq!(service().send(Ask::get("/greet")).await.is(200).text, "hello");
    assert_eq!(service().send(Ask::get("/greet").header("authorization", "Basic YTpi")).await.is(200).text, "hello");
}

#[tokio::test]
async fn an_optional_principal_is_somebody_with_good_credentials() {
    assert_eq!(service().send(Ask::get("/greet").bearer(&user("ann"))).await.is(200).text, "hello ann true");
    assert_eq!(service().send(Ask::get("/twice").bearer(&user("ann"))).await.is(200).text, "ann ann");
}

#[tokio::test]
async fn bad_credentials_are_never_taken_for_none() {
    let mut expired = claims("ann");
    expired["exp"] = json!(1);
    for token in ["forged".to_owned(), hs256(&json!({ "alg": "HS256" }), &expired)] {
        let answer = service().send(Ask::get("/greet").bearer(&token)).await;
        answer.is_denied(401, "invalid-credentials");
        assert_eq!(answer.header("www-authenticate"), Some(r#"Bearer realm="lobby", error="invalid_token""#));
    }
    let answer = service().send(Ask::get("/greet").header("authorization", "Bearer")).await;
    answer.is_denied(400, "malformed-credentials");
    assert_eq!(answer.header("www-authenticate"), Some(r#"Bearer realm="lobby", error="invalid_request""#));
}

#[tokio::test]
async fn failures_of_an_optional_principal_are_limited_too() {
    let router = SecureRouter::new().route("/greet", get(greet));
    let service = Service::with(router, |security| security.failed_authentications("1/min"));
    service.send(Ask::get("/greet").from("192.0.2.1").bearer("forged")).await.is(401);
    let answer = service.send(Ask::get("/greet").from("192.0.2.1").bearer("forged")).await;
    assert_eq!(answer.is(429).header("retry-after"), Some("60"));
    service.send(Ask::get("/greet").from("192.0.2.1")).await.is(200);
}

#[tokio::test]
async fn a_handler_can_look_at_the_denial_itself() {
    service().send(Ask::get("/inspect")).await.is(202);
    service().send(Ask::get("/inspect").bearer("forged")).await.is(409);
    service().send(Ask::get("/inspect").bearer(&nobody("ann"))).await.is(200);
}

#[tokio::test]
async fn without_authentication_nobody_is_anybody() {
    let security = Security::builder(rule_book!()).without_authentication().build().unwrap();
    let app = SecureRouter::new().route("/greet", get(greet)).secured_by(security).unwrap();
    let answer = crate::support::answer(&app, Ask::get("/greet").bearer(&user("ann"))).await;
    assert_eq!(answer.is(200).text, "hello");
}

#[tokio::test]
async fn the_policy_follows_the_handler_and_not_the_path() {
    #[secure(role = "user")]
    async fn me() -> &'static str {
        "me"
    }
    #[secure(public = "profiles are public")]
    async fn profile() -> &'static str {
        "profile"
    }
    let service = Service::new(SecureRouter::new().route("/users/{id}", get(profile)).route("/users/me", get(me)));
    service.send(Ask::get("/users/ann")).await.is(200);
    service.send(Ask::get("/users/me")).await.is(401);
    assert_eq!(service.send(Ask::get("/users/m%65")).await.is(200).text, "profile", "another handler, under its own policy");
    service.send(Ask::get("/users/me/")).await.is(404);
    service.send(Ask::get("//users/me")).await.is(404);
}

#[tokio::test]
async fn an_answer_to_somebody_is_not_stored_and_one_to_everybody_may_be() {
    let service = service();
    let known = service.send(Ask::get("/greet").bearer(&user("alice"))).await;
    assert_eq!(known.is(200).header("cache-control"), Some("no-store"));
    let unknown = service.send(Ask::get("/greet")).await;
    assert_eq!(unknown.is(200).header("cache-control"), None);
    let indifferent = service.send(Ask::get("/open").bearer(&user("alice"))).await;
    assert_eq!(indifferent.is(200).header("cache-control"), None);
}
