//! Declared input: what is taken that should not be, and what a refusal tells.
//! The type is that of the guide this began with, and a login beside it.

use crate::support::{Answer, Ask, Service};
use axum::{
    Json,
    extract::{Path, Query},
};
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

#[derive(Debug, Input)]
struct Id(#[garde(range(max = 99))] u32);

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

#[secure(public = "anybody may look")]
async fn show(Valid(Path(Id(id))): Valid<Path<Id>>) -> String {
    id.to_string()
}

async fn send(request: Ask) -> Answer {
    let router = SecureRouter::new()
        .route("/users", post(sign_up))
        .route("/plain", post(plain))
        .route("/login", post(log_in))
        .route("/list", get(list))
        .route("/items/{id}", get(show));
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

// FastAPI: 200, and the field is dropped without a word.
#[tokio::test]
async fn an_undeclared_is_admin_is_refused_and_not_answered_200() {
    let body = r#"{"username":"alice","email":"alice@example.com","age":42,"is_admin":true}"#;
    let answer = send(Ask::post("/users").json(body)).await;
    assert!(is(&errors(&answer), &[("#", "unknown_field")]));
    answer.does_not_echo("is_admin");
}

// FastAPI: 200 for `"42"` and for `42.0`.
#[tokio::test]
async fn a_string_is_no_int() {
    for age in [r#""42""#, "42.0", "true", "null"] {
        let body = format!(r#"{{"username":"alice","email":"alice@example.com","age":{age}}}"#);
        assert!(is(&errors(&send(Ask::post("/users").json(&body)).await), &[("#/age", "type")]), "{age}");
    }
}

// FastAPI: 422 with `"input":{"username":"alice","password":"hunter2"}`, also where the password is a `SecretStr`.
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

// FastAPI: 422 `model_attributes_type` since 0.132, 200 before it.
#[tokio::test]
async fn a_body_without_the_content_type_of_json_is_415_and_not_422() {
    let body = r#"{"username":"alice","email":"alice@example.com","age":42}"#;
    for media_type in ["text/plain", "application/x-www-form-urlencoded"] {
        send(Ask::post("/users").header("content-type", media_type).body(body)).await.is_denied(415, "unsupported-media-type");
    }
    send(Ask::post("/users").body(body)).await.is_denied(415, "unsupported-media-type");
}

// FastAPI: 422 `json_invalid`, with the text of the parser.
#[tokio::test]
async fn a_broken_body_is_400_and_not_422() {
    for body in [r#"{"username":"#, "", "{} {}", r#"{"username":NaN}"#, "\u{feff}{}", r#"{"username":"\ud800"}"#] {
        send(Ask::post("/users").json(body)).await.is_denied(400, "malformed-input");
    }
}

// FastAPI: 200 with the last one, which another parser on the way may not have looked at.
#[tokio::test]
async fn a_field_given_twice_is_refused_and_the_last_does_not_win() {
    let body = r#"{"username":"alice","email":"alice@example.com","age":42,"username":"mallory"}"#;
    assert!(is(&errors(&send(Ask::post("/users").json(body)).await), &[("#/username", "duplicate")]));
    assert!(is(&errors(&send(Ask::get("/list?size=1&size=2")).await), &[("#/size", "duplicate")]));
}

// FastAPI: 200.
#[tokio::test]
async fn a_parameter_nobody_declared_is_refused() {
    assert!(is(&errors(&send(Ask::get("/list?size=1&admin=true")).await), &[("#", "unknown_field")]));
}

// FastAPI: all at once as well, yet each with the `input`, and without a word on bidi overrides.
#[tokio::test]
async fn all_errors_are_told_at_once_with_codes_and_pointers() {
    let answer = send(Ask::post("/users").json(r#"{"username":"a\u202eb","email":"alice","age":-1}"#)).await;
    assert!(is(&errors(&answer), &[("#/age", "range"), ("#/email", "email"), ("#/username", "text")]), "{:?}", errors(&answer));
}

// FastAPI: a `str` without `max_length` takes anything; here a `String` without a length does not compile.
#[tokio::test]
async fn a_length_has_a_bound_without_anybody_thinking_of_it() {
    let body = format!(r#"{{"username":"{}","email":"alice@example.com","age":1}}"#, "a".repeat(51));
    assert!(is(&errors(&send(Ask::post("/users").json(&body)).await), &[("#/username", "length")]));
}

// FastAPI: `model_construct` and assignment make invalid values of a model.
#[tokio::test]
async fn even_a_plain_json_extractor_makes_no_invalid_value() {
    let good = r#"{"username":"alice","email":"alice@example.com","age":42}"#;
    assert_eq!(send(Ask::post("/plain").json(good)).await.text, "alice");
    for bad in [r#"{"username":"al","email":"alice@example.com","age":42}"#, r#"{"username":"alice","email":"x","age":42}"#] {
        assert_eq!(send(Ask::post("/plain").json(bad)).await.status.as_u16(), 422);
    }
}

// FastAPI: 422 with the text that was sent, `"input":"hunter2"`, also of a path and a query.
#[tokio::test]
async fn what_is_in_a_path_or_a_query_is_not_echoed_either() {
    for path in ["/items/hunter2", "/list?size=hunter2", "/list?size=1&hunter2=1"] {
        let answer = send(Ask::get(path)).await;
        answer.is_denied(422, "invalid-input");
        answer.does_not_echo("hunter2");
    }
}

// FastAPI: `loc` mixes the two, `["body","age"]`, so that a field `body` cannot be told from it.
#[tokio::test]
async fn an_error_says_which_part_of_the_request_it_is_in_beside_where_it_is_there() {
    for (ask, part, pointer) in [
        (Ask::get("/items/100"), "path", "#/id"),
        (Ask::get("/list?size=101"), "query", "#/size"),
        (Ask::post("/users").json("{}"), "body", "#/username"),
    ] {
        let problem = send(ask).await.is_denied(422, "invalid-input");
        assert_eq!((problem["errors"][0]["in"].as_str(), problem["errors"][0]["pointer"].as_str()), (Some(part), Some(pointer)));
    }
}

// FastAPI: 400 `{"detail":"There was an error parsing the body"}` as plain JSON, and another form of error for every layer.
#[tokio::test]
async fn every_refusal_is_a_problem_and_none_is_of_a_form_of_its_own() {
    let json = |bytes: &'static [u8]| Ask::post("/users").header("content-type", "application/json").body(bytes);
    send(json(b"{\"username\":\"\xff\"}")).await.is_denied(400, "malformed-input");
    send(Ask::get("/nowhere")).await.is_denied(404, "not-found");
    send(Ask::post("/list")).await.is_denied(405, "method-not-allowed");
    send(Ask::post("/users").json(r#"{"username":7}"#)).await.is_denied(422, "invalid-input");
}

// FastAPI: reads a body of any size into memory.
#[tokio::test]
async fn a_body_has_a_bound_without_anybody_thinking_of_it() {
    let body = format!(r#"{{"username":"{}"}}"#, "a".repeat(3 * 1024 * 1024));
    send(Ask::post("/users").json(&body)).await.is_denied(413, "body-too-large");
}

// FastAPI: 200, or the recursion limit of Python, for whatever the parser takes.
#[tokio::test]
async fn a_nest_of_brackets_is_a_400_before_it_is_read() {
    send(Ask::post("/users").json(&"[".repeat(50_000))).await.is_denied(400, "too-complex");
}
