//! What FastAPI 0.165 answers wrongly, as measured, where input is declared: one test for each, named for it.
//! The type is that of the guide this began with, and a login beside it.

use crate::support::{Answer, Ask, Service};
use axum::{Json, extract::Query};
use portcullis::prelude::*;

#[derive(Debug, Input)]
struct UserInput {
    #[garde(length(chars, min = 3, max = 50))]
    username: String,
    #[garde(email)]
    email: String,
    #[garde(range(min = 0))]
    age: i32,
}

#[derive(Debug, Input)]
struct Login {
    #[garde(length(chars, max = 50))]
    username: String,
    #[garde(length(chars, min = 8, max = 200))]
    password: Secret<String>,
}

#[derive(Debug, Input)]
struct Page {
    #[garde(range(max = 100))]
    size: u32,
}

#[secure(public = "anybody may sign up")]
async fn sign_up(Valid(Json(user)): Valid<Json<UserInput>>) -> String {
    format!("{} {} {}", user.username, user.email, user.age)
}

#[secure(public = "to log in", unvalidated = "an input type needs no `Valid` to be valid; only its errors are worse")]
async fn plain(Json(user): Json<UserInput>) -> String {
    user.username
}

#[secure(public = "to log in")]
async fn log_in(Valid(Json(login)): Valid<Json<Login>>) -> String {
    format!("{} {}", login.username, login.password.expose().len())
}

#[secure(public = "anybody may look")]
async fn list(Valid(Query(page)): Valid<Query<Page>>) -> String {
    page.size.to_string()
}

async fn send(request: Ask) -> Answer {
    let router = SecureRouter::new()
        .route("/users", post(sign_up))
        .route("/plain", post(plain))
        .route("/login", post(log_in))
        .route("/list", get(list));
    Service::new(router).send(request).await
}

/// The pointer and code of every error, in order.
#[track_caller]
fn errors(answer: &Answer) -> Vec<(String, String)> {
    let problem = answer.is_denied(422, "invalid-input");
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let mut found: Vec<_> =
        problem["errors"].as_array().unwrap().iter().map(|error| (text(&error["pointer"]), text(&error["code"]))).collect();
    found.sort();
    found
}

fn is(found: &[(String, String)], expected: &[(&str, &str)]) -> bool {
    found.iter().map(|(pointer, code)| (pointer.as_str(), code.as_str())).eq(expected.iter().copied())
}

#[tokio::test]
async fn what_is_right_is_taken() {
    let answer = send(Ask::post("/users").json(r#"{"username":"alice","email":"alice@example.com","age":42}"#)).await;
    assert_eq!((answer.status.as_u16(), answer.text.as_str()), (200, "alice alice@example.com 42"));
    let answer = send(Ask::post("/login").json(r#"{"username":"alice","password":"correct horse"}"#)).await;
    assert_eq!(answer.text, "alice 13");
}

#[tokio::test]
async fn an_undeclared_is_admin_is_refused_and_not_answered_200() {
    let body = r#"{"username":"alice","email":"alice@example.com","age":42,"is_admin":true}"#;
    let answer = send(Ask::post("/users").json(body)).await;
    assert!(is(&errors(&answer), &[("#", "unknown_field")]));
    answer.does_not_echo("is_admin");
}

#[tokio::test]
async fn a_string_is_no_int() {
    for age in [r#""42""#, "42.0", "true", "null"] {
        let body = format!(r#"{{"username":"alice","email":"alice@example.com","age":{age}}}"#);
        assert!(is(&errors(&send(Ask::post("/users").json(&body)).await), &[("#/age", "type")]), "{age}");
    }
}

#[tokio::test]
async fn the_password_of_a_failed_login_is_not_echoed_in_the_422() {
    for body in [
        r#"{"username":"alice","password":"hunter2"}"#,
        r#"{"password":"hunter2hunter2"}"#,
        r#"{"username":7,"password":"hunter2hunter2"}"#,
        r#"{"username":"alice","password":["hunter2hunter2"]}"#,
        r#"{"username":"alice","password":"hunter2hunter2","hunter2":1}"#,
    ] {
        let answer = send(Ask::post("/login").json(body)).await;
        answer.is_denied(422, "invalid-input");
        answer.does_not_echo("hunter2");
    }
}

#[tokio::test]
async fn a_body_without_the_content_type_of_json_is_415_and_not_422() {
    let body = r#"{"username":"alice","email":"alice@example.com","age":42}"#;
    for media_type in ["text/plain", "application/x-www-form-urlencoded"] {
        send(Ask::post("/users").header("content-type", media_type).body(body)).await.is_denied(415, "unsupported-media-type");
    }
    send(Ask::post("/users").body(body)).await.is_denied(415, "unsupported-media-type");
}

#[tokio::test]
async fn a_broken_body_is_400_and_not_422() {
    for body in [r#"{"username":"#, "", "{} {}", r#"{"username":NaN}"#, "\u{feff}{}", r#"{"username":"\ud800"}"#] {
        send(Ask::post("/users").json(body)).await.is_denied(400, "malformed-input");
    }
}

#[tokio::test]
async fn a_field_given_twice_is_refused_and_the_last_does_not_win() {
    let body = r#"{"username":"alice","email":"alice@example.com","age":42,"username":"mallory"}"#;
    assert!(is(&errors(&send(Ask::post("/users").json(body)).await), &[("#/username", "duplicate")]));
    assert!(is(&errors(&send(Ask::get("/list?size=1&size=2")).await), &[("#/size", "duplicate")]));
}

#[tokio::test]
async fn a_parameter_nobody_declared_is_refused() {
    assert!(is(&errors(&send(Ask::get("/list?size=1&admin=true")).await), &[("#", "unknown_field")]));
}

#[tokio::test]
async fn all_errors_are_told_at_once_with_codes_and_pointers() {
    let answer = send(Ask::post("/users").json(r#"{"username":"a\u202eb","email":"alice","age":-1}"#)).await;
    assert!(is(&errors(&answer), &[("#/age", "range"), ("#/email", "email"), ("#/username", "text")]), "{:?}", errors(&answer));
}

#[tokio::test]
async fn a_length_has_a_bound_without_anybody_thinking_of_it() {
    let body = format!(r#"{{"username":"{}","email":"alice@example.com","age":1}}"#, "a".repeat(51));
    assert!(is(&errors(&send(Ask::post("/users").json(&body)).await), &[("#/username", "length")]));
}

#[tokio::test]
async fn even_a_plain_json_extractor_makes_no_invalid_value() {
    let good = r#"{"username":"alice","email":"alice@example.com","age":42}"#;
    assert_eq!(send(Ask::post("/plain").json(good)).await.text, "alice");
    for bad in [r#"{"username":"al","email":"alice@example.com","age":42}"#, r#"{"username":"alice","email":"x","age":42}"#] {
        assert_eq!(send(Ask::post("/plain").json(bad)).await.status.as_u16(), 422);
    }
}
