//! Limits: how many pass, what the answers say of what is left, and that a retry at the said second passes.

use crate::support::{
    Answer, Ask, NOW, Service,
    token::{admin, claims, hs256, nobody},
};
use axum::http::StatusCode;
use portcullis::{
    api_key::{ApiKey, ApiKeys},
    prelude::*,
};
use serde_json::json;
use tokio::task::JoinSet;

#[secure(role = "admin", rate = "5/min")]
async fn create() -> StatusCode {
    StatusCode::CREATED
}

#[secure(authenticated, rate("2/s", "3/min"))]
async fn twice() {}

#[secure(authenticated, rate = "60/min burst 3")]
async fn bursts() {}

#[secure(public = "a probe", rate = "5/min per global")]
async fn probe() {}

#[secure(authenticated)]
async fn unlimited() {}

fn service() -> Service {
    let router = SecureRouter::new()
        .route("/users", post(create))
        .route("/twice", get(twice))
        .route("/bursts", get(bursts))
        .route("/probe", get(probe))
        .route("/unlimited", get(unlimited));
    Service::new(router)
}

fn retry_after(answer: &Answer) -> u64 {
    answer.is(429).header("retry-after").unwrap().parse().unwrap()
}

#[tokio::test]
async fn of_six_posts_within_a_minute_five_are_201_and_the_sixth_is_429() {
    let service = service();
    let ask = || Ask::post("/users").bearer(&admin("ann"));
    for left in (0..5).rev() {
        let answer = service.send(ask()).await;
        assert_eq!(answer.is(201).header("ratelimit"), Some(format!(r#""5/min per principal";r={left};t=12"#).as_str()));
        assert_eq!(answer.header("ratelimit-policy"), Some(r#""5/min per principal";q=5;w=60"#));
        assert_eq!(answer.header("retry-after"), None);
    }
    assert_eq!(retry_after(&service.send(ask()).await), 12);
}

#[tokio::test]
async fn a_retry_at_the_said_second_passes_and_one_second_before_it_does_not() {
    let service = service();
    let ask = || Ask::post("/users").bearer(&admin("ann"));
    for _ in 0..5 {
        service.send(ask()).await.is(201);
    }
    service.advance(1);
    let wait = retry_after(&service.send(ask()).await);
    assert_eq!(wait, 11);
    service.advance(wait - 1);
    assert_eq!(retry_after(&service.send(ask()).await), 1);
    service.advance(1);
    service.send(ask()).await.is(201);
    service.send(ask()).await.is(429);
}

#[tokio::test]
async fn a_refused_call_costs_nothing() {
    let service = service();
    let ask = || Ask::post("/users").bearer(&admin("ann"));
    for _ in 0..5 {
        service.send(ask()).await.is(201);
    }
    for _ in 0..100 {
        assert_eq!(retry_after(&service.send(ask()).await), 12);
    }
    service.advance(12);
    service.send(ask()).await.is(201);
}

#[tokio::test]
async fn a_minute_later_all_of_it_is_back() {
    let service = service();
    for _ in 0..3 {
        for _ in 0..5 {
            service.send(Ask::post("/users").bearer(&admin("ann"))).await.is(201);
        }
        service.send(Ask::post("/users").bearer(&admin("ann"))).await.is(429);
        service.advance(60);
    }
}

#[tokio::test]
async fn of_several_limits_each_counts_and_the_shortest_is_asked_first() {
    let service = service();
    let ask = || Ask::get("/twice").bearer(&nobody("ann"));
    let answer = service.send(ask()).await;
    assert_eq!(answer.header("ratelimit-policy"), Some(r#""2/s per principal";q=2;w=1, "3/min per principal";q=3;w=60"#));
    assert_eq!(answer.header("ratelimit"), Some(r#""2/s per principal";r=1;t=1, "3/min per principal";r=2;t=20"#));
    service.send(ask()).await.is(200);
    let stopped = service.send(ask()).await;
    assert_eq!(stopped.json()["violated-policies"], json!(["2/s per principal"]));
    assert_eq!(retry_after(&stopped), 1);
    service.advance(1);
    service.send(ask()).await.is(200);
    let stopped = service.send(ask()).await;
    assert_eq!(stopped.json()["violated-policies"], json!(["3/min per principal"]));
    assert_eq!(retry_after(&stopped), 19);
}

#[tokio::test]
async fn a_burst_says_how_many_pass_at_once_and_not_how_fast_they_come_back() {
    let service = service();
    let ask = || Ask::get("/bursts").bearer(&nobody("ann"));
    for _ in 0..3 {
        service.send(ask()).await.is(200);
    }
    assert_eq!(retry_after(&service.send(ask()).await), 1);
    service.advance(1);
    service.send(ask()).await.is(200);
    service.send(ask()).await.is(429);
}

#[tokio::test]
async fn an_endpoint_without_a_limit_says_nothing_of_limits() {
    let answer = service().send(Ask::get("/unlimited").bearer(&nobody("ann"))).await;
    assert_eq!(answer.is(200).header("ratelimit"), None);
    assert_eq!(answer.header("ratelimit-policy"), None);
}

#[tokio::test]
async fn a_denial_before_the_limit_names_the_policy_and_not_what_is_left() {
    let answer = service().send(Ask::post("/users")).await;
    assert_eq!(answer.is(401).header("ratelimit-policy"), Some(r#""5/min per principal";q=5;w=60"#));
    assert_eq!(answer.header("ratelimit"), None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_fifty_at_once_exactly_five_pass() {
    let service = service();
    let mut calls = JoinSet::new();
    for _ in 0..50 {
        let (app, ask) = (service.app.clone(), Ask::get("/probe"));
        calls.spawn(async move { crate::support::answer(&app, ask).await.status });
    }
    let statuses = calls.join_all().await;
    assert_eq!(statuses.iter().filter(|status| **status == StatusCode::OK).count(), 5);
    assert_eq!(statuses.iter().filter(|status| **status == StatusCode::TOO_MANY_REQUESTS).count(), 45);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_fifty_at_once_by_one_principal_exactly_five_pass() {
    let service = service();
    let token = admin("ann");
    let mut calls = JoinSet::new();
    for _ in 0..50 {
        let (app, ask) = (service.app.clone(), Ask::post("/users").bearer(&token));
        calls.spawn(async move { crate::support::answer(&app, ask).await.status });
    }
    let statuses = calls.join_all().await;
    assert_eq!(statuses.iter().filter(|status| **status == StatusCode::CREATED).count(), 5);
}

#[tokio::test]
async fn failed_authentications_are_limited_per_address() {
    let service = Service::with(SecureRouter::new().route("/unlimited", get(unlimited)), |security| {
        security.failed_authentications("3/min")
    });
    let failing = |address| Ask::get("/unlimited").from(address).bearer("forged");
    for _ in 0..2 {
        service.send(failing("192.0.2.1")).await.is_denied(401, "invalid-credentials");
    }
    service.send(Ask::get("/unlimited").from("192.0.2.1").header("authorization", "Bearer")).await.is(400);
    let answer = service.send(failing("192.0.2.1")).await;
    answer.is_denied(429, "https://iana.org/assignments/http-problem-types#quota-exceeded");
    assert_eq!(retry_after(&answer), 20);
    service.send(failing("192.0.2.2")).await.is(401);
    service.advance(20);
    service.send(failing("192.0.2.1")).await.is(401);
    service.send(failing("192.0.2.1")).await.is(429);
}

#[tokio::test]
async fn without_an_address_all_failed_authentications_count_together() {
    let service = Service::with(SecureRouter::new().route("/unlimited", get(unlimited)), |security| {
        security.failed_authentications("1/min")
    });
    service.send(Ask::get("/unlimited").bearer("forged")).await.is(401);
    service.send(Ask::get("/unlimited").bearer("forged again")).await.is(429);
    service.send(Ask::get("/unlimited").from("192.0.2.1").bearer("forged")).await.is(401);
}

#[tokio::test]
async fn missing_credentials_are_no_failed_authentication() {
    let service = Service::with(SecureRouter::new().route("/unlimited", get(unlimited)), |security| {
        security.failed_authentications("1/min")
    });
    for _ in 0..5 {
        service.send(Ask::get("/unlimited").from("192.0.2.1")).await.is(401);
    }
    service.send(Ask::get("/unlimited").from("192.0.2.1").bearer("forged")).await.is(401);
    service.send(Ask::get("/unlimited").from("192.0.2.1").bearer("forged")).await.is(429);
    // Somebody else behind the same address still gets in.
    service.send(Ask::get("/unlimited").from("192.0.2.1").bearer(&nobody("ann"))).await.is(200);
}

#[tokio::test]
async fn a_subject_of_a_token_and_one_of_an_api_key_are_two_principals() {
    let (plaintext, key) = ApiKey::generate("ann").unwrap();
    let keys = ApiKeys::new().key(key.roles(["admin"]));
    let service = Service::with(SecureRouter::new().route("/users", post(create)), |security| security.api_keys(keys));
    for _ in 0..5 {
        service.send(Ask::post("/users").bearer(&admin("ann"))).await.is(201);
        service.send(Ask::post("/users").header("x-api-key", &plaintext)).await.is(201);
    }
    service.send(Ask::post("/users").bearer(&admin("ann"))).await.is(429);
    service.send(Ask::post("/users").header("x-api-key", &plaintext)).await.is(429);
}

#[tokio::test]
async fn a_new_token_is_the_same_principal() {
    let service = service();
    let mut claims = claims("ann");
    claims["roles"] = json!(["admin"]);
    for id in 0..5 {
        claims["jti"] = json!(id.to_string());
        claims["exp"] = json!(NOW + 100 + id);
        service.send(Ask::post("/users").bearer(&hs256(&json!({ "alg": "HS256" }), &claims))).await.is(201);
    }
    service.send(Ask::post("/users").bearer(&admin("ann"))).await.is(429);
    service.send(Ask::post("/users").bearer(&admin("eve"))).await.is(201);
}
