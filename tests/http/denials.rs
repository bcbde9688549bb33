//! One test for each row of the denial table: status, type, challenge, `Retry-After`, and no echo.

use crate::support::{
    Ask, NOW, Service,
    body::{endless, untouchable_of},
    token::{admin, claims, hs256, nobody, user},
};
use axum::{Json, extract::Path, http::StatusCode};
use portcullis::{garde::Validate, prelude::*};
use serde::Deserialize;
use serde_json::json;
use std::future::pending;

#[derive(Deserialize, Validate)]
#[serde(deny_unknown_fields)]
struct Note {
    #[garde(length(chars, max = 10))]
    text: String,
    #[garde(range(max = 5))]
    stars: u8,
}

#[secure(role = "user", when = owner == principal.subject())]
async fn read(Path(owner): Path<String>) -> String {
    owner
}

#[secure(role = "admin", rate = "2/min", body = "100 B", timeout = "1 s")]
async fn write(Valid(Json(note)): Valid<Json<Note>>) -> (StatusCode, String) {
    (StatusCode::CREATED, format!("{} {}", note.text, note.stars))
}

#[secure(scope = "reports:read")]
async fn report() {}

#[secure(authenticated, timeout = "1 s")]
async fn slow() {
    pending::<()>().await;
}

fn service() -> Service {
    let router = SecureRouter::new()
        .route("/notes/{owner}", get(read))
        .route("/notes", post(write))
        .route("/report", get(report))
        .route("/slow", get(slow));
    Service::with(router, |security| security.realm("notes"))
}

#[tokio::test]
async fn no_credentials_are_401_with_a_challenge_that_names_no_error() {
    let answer = service().send(Ask::get("/report")).await;
    answer.is_denied(401, "no-credentials");
    assert_eq!(answer.header("www-authenticate"), Some(r#"Bearer realm="notes""#));
    assert_eq!(answer.header("retry-after"), None);
}

#[tokio::test]
async fn credentials_of_a_scheme_that_nobody_configured_are_no_credentials() {
    let answer = service().send(Ask::get("/report").header("authorization", "Basic YWxpY2U6aHVudGVyMg==")).await;
    answer.is_denied(401, "no-credentials");
    assert_eq!(answer.header("www-authenticate"), Some(r#"Bearer realm="notes""#));
}

#[tokio::test]
async fn malformed_credentials_are_400_invalid_request() {
    let answer = service().send(Ask::get("/report").header("authorization", "Bearer hunter2 hunter2")).await;
    answer.is_denied(400, "malformed-credentials");
    assert_eq!(answer.header("www-authenticate"), Some(r#"Bearer realm="notes", error="invalid_request""#));
    answer.does_not_echo("hunter2");
}

#[tokio::test]
async fn two_tokens_are_400_invalid_request_even_if_both_are_good() {
    let token = nobody("ann");
    let answer = service().send(Ask::get("/report").bearer(&token).bearer(&token)).await;
    answer.is_denied(400, "malformed-credentials");
    assert_eq!(answer.header("www-authenticate"), Some(r#"Bearer realm="notes", error="invalid_request""#));
}

#[tokio::test]
async fn a_token_that_does_not_hold_is_401_invalid_token_and_the_answer_does_not_say_why() {
    let mut expired = claims("ann");
    expired["exp"] = json!(NOW);
    let mut foreign = claims("ann");
    foreign["iss"] = json!("https://elsewhere.example.com");
    let header = json!({ "alg": "HS256" });
    let mut texts = Vec::new();
    for token in [hs256(&header, &expired), hs256(&header, &foreign), "not.a.token".to_owned()] {
        let answer = service().send(Ask::get("/report").bearer(&token)).await;
        answer.is_denied(401, "invalid-credentials");
        assert_eq!(answer.header("www-authenticate"), Some(r#"Bearer realm="notes", error="invalid_token""#));
        answer.does_not_echo(&token);
        texts.push(answer.text);
    }
    texts.dedup();
    assert_eq!(texts.len(), 1, "{texts:#?}");
}

#[tokio::test]
async fn a_missing_role_is_403_without_a_challenge_because_no_scope_would_help() {
    let answer = service().send(Ask::post("/notes").bearer(&user("ann"))).await;
    answer.is_denied(403, "not-allowed");
    assert_eq!(answer.header("www-authenticate"), None);
}

#[tokio::test]
async fn a_missing_scope_is_403_insufficient_scope_and_names_it() {
    let answer = service().send(Ask::get("/report").bearer(&admin("ann"))).await;
    answer.is_denied(403, "not-allowed");
    let challenge = r#"Bearer realm="notes", error="insufficient_scope", scope="reports:read""#;
    assert_eq!(answer.header("www-authenticate"), Some(challenge));
}

#[tokio::test]
async fn a_condition_that_does_not_hold_is_403_and_does_not_echo_the_path() {
    let answer = service().send(Ask::get("/notes/hunter2").bearer(&user("ann"))).await;
    answer.is_denied(403, "condition-not-met");
    assert_eq!(answer.header("www-authenticate"), None);
    answer.does_not_echo("hunter2");
    service().send(Ask::get("/notes/ann").bearer(&user("ann"))).await.is(200);
}

#[tokio::test]
async fn over_the_limit_is_429_with_retry_after_and_the_names_of_the_limits() {
    let service = service();
    let write = || Ask::post("/notes").bearer(&admin("ann")).json(r#"{"text":"x","stars":1}"#);
    service.send(write()).await.is(201);
    service.send(write()).await.is(201);
    let answer = service.send(write()).await;
    let problem = answer.is_denied(429, "https://iana.org/assignments/http-problem-types#quota-exceeded");
    assert_eq!(problem["violated-policies"], json!(["2/min per principal"]));
    assert_eq!(answer.header("retry-after"), Some("30"));
    assert_eq!(answer.header("ratelimit-policy"), Some(r#""2/min per principal";q=2;w=60"#));
    assert_eq!(answer.header("ratelimit"), Some(r#""2/min per principal";r=0;t=30"#));
    assert_eq!(answer.header("www-authenticate"), None);
}

#[tokio::test]
async fn a_body_that_is_too_large_is_413() {
    let body = untouchable_of(101);
    let answer =
        service().send(Ask::post("/notes").bearer(&admin("ann")).header("content-type", "application/json").body(body)).await;
    answer.is_denied(413, "body-too-large");
}

#[tokio::test]
async fn a_body_of_the_wrong_type_is_415() {
    let answer =
        service().send(Ask::post("/notes").bearer(&admin("ann")).header("content-type", "text/hunter2").body("{}")).await;
    answer.is_denied(415, "unsupported-media-type");
    answer.does_not_echo("hunter2");
}

#[tokio::test]
async fn a_malformed_body_is_400_without_a_challenge() {
    let answer = service().send(Ask::post("/notes").bearer(&admin("ann")).json(r#"{"text":"hunter2"#)).await;
    answer.is_denied(400, "malformed-input");
    assert_eq!(answer.header("www-authenticate"), None);
    answer.does_not_echo("hunter2");
}

#[tokio::test]
async fn an_invalid_body_is_422_with_every_error_by_pointer() {
    let body = r#"{"text":"hunter2hunter2","stars":77}"#;
    let answer = service().send(Ask::post("/notes").bearer(&admin("ann")).json(body)).await;
    let problem = answer.is_denied(422, "invalid-input");
    let errors = problem["errors"].as_array().unwrap();
    let mut pointers: Vec<_> = errors.iter().map(|error| error["pointer"].as_str().unwrap()).collect();
    pointers.sort_unstable();
    assert_eq!(pointers, ["#/stars", "#/text"]);
    assert!(errors.iter().all(|error| ["length", "range"].contains(&error["code"].as_str().unwrap())), "{errors:#?}");
    assert!(errors.iter().all(|error| error["detail"].is_string()), "{errors:#?}");
    answer.does_not_echo("hunter2");
    answer.does_not_echo("77");
}

#[tokio::test(start_paused = true)]
async fn a_body_that_does_not_arrive_is_408() {
    let body = endless(r#"{"text":"#);
    let answer =
        service().send(Ask::post("/notes").bearer(&admin("ann")).header("content-type", "application/json").body(body)).await;
    answer.is_denied(408, "body-too-slow");
}

#[tokio::test(start_paused = true)]
async fn a_handler_that_does_not_finish_is_503() {
    service().send(Ask::get("/slow").bearer(&nobody("ann"))).await.is_denied(503, "handler-too-slow");
}

#[tokio::test]
async fn an_unknown_path_is_404_and_is_not_echoed() {
    let answer = service().send(Ask::get("/hunter2")).await;
    answer.is_denied(404, "not-found");
    answer.does_not_echo("hunter2");
}

#[tokio::test]
async fn an_unknown_method_is_405_with_the_ones_that_there_are() {
    let answer = service().send(Ask::post("/report")).await;
    answer.is_denied(405, "method-not-allowed");
    assert_eq!(answer.header("allow"), Some("GET,HEAD"));
}
