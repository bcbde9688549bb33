//! `Valid<…>` over HTTP: what is refused before, while and after the input is read, and what the answer says of it.

use crate::support::{
    Answer, Ask, Service,
    body::{unannounced, untouchable_of},
};
use axum::{
    Form, Json,
    extract::{Path, Query},
    http::StatusCode,
};
use portcullis::{garde::Validate, prelude::*};
use serde::Deserialize;

#[derive(Deserialize, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct NewUser {
    #[garde(length(chars, min = 3, max = 50), alphanumeric)]
    user_name: String,
    #[garde(range(max = 150))]
    age: u8,
    #[serde(default)]
    #[garde(length(max = 2), dive)]
    home_addresses: Vec<Address>,
}

#[derive(Deserialize, Validate)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Address {
    #[garde(length(chars, equal = 5))]
    post_code: String,
}

#[derive(Deserialize, Validate)]
struct Page {
    #[garde(range(max = 100))]
    size: u32,
    #[garde(length(bytes, max = 5))]
    order: Option<String>,
}

#[derive(Deserialize, Validate)]
struct Key {
    #[garde(range(min = 1))]
    id: u32,
}

#[secure(public = "anybody may", body = "300 B")]
async fn create(Valid(Json(user)): Valid<Json<NewUser>>) -> (StatusCode, String) {
    (StatusCode::CREATED, format!("{} {} {}", user.user_name, user.age, user.home_addresses.len()))
}

#[secure(public = "anybody may", body = "300 B")]
async fn form(Valid(Form(page)): Valid<Form<Page>>) -> String {
    page.size.to_string()
}

#[secure(public = "anybody may")]
async fn list(Valid(Query(page)): Valid<Query<Page>>) -> String {
    format!("{} {:?}", page.size, page.order)
}

#[secure(public = "anybody may")]
async fn item(Valid(Path(key)): Valid<Path<Key>>) -> String {
    key.id.to_string()
}

fn service() -> Service {
    let router = SecureRouter::new()
        .route("/users", post(create))
        .route("/form", post(form))
        .route("/list", get(list))
        .route("/items/{id}", get(item));
    Service::new(router)
}

async fn create_from(body: &str) -> Answer {
    service().send(Ask::post("/users").json(body)).await
}

/// The pointer and code of every error, in the order of the pointers.
#[track_caller]
fn errors(answer: &Answer) -> Vec<(String, String)> {
    let problem = answer.is_denied(422, "invalid-input");
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let errors = problem["errors"].as_array().unwrap().iter();
    let mut found: Vec<_> = errors.map(|error| (text(&error["pointer"]), text(&error["code"]))).collect();
    found.sort();
    found
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(pointer, code)| ((*pointer).to_owned(), (*code).to_owned())).collect()
}

#[tokio::test]
async fn valid_input_reaches_the_handler() {
    let answer = create_from(r#"{"userName":"anna","age":7,"homeAddresses":[{"post-code":"12345"}]}"#).await;
    assert_eq!(answer.is(201).text, "anna 7 1");
}

#[tokio::test]
async fn json_comes_as_json() {
    for good in ["application/json", "Application/JSON; charset=UTF-8", "application/problem+json", "application/vnd.api+json"] {
        service().send(Ask::post("/users").header("content-type", good).body(r#"{"userName":"anna","age":7}"#)).await.is(201);
    }
    for bad in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/jsonx",
        "text/json",
        "application/json; charset=latin1",
        "multipart/form-data",
        "",
    ] {
        let ask = Ask::post("/users").header("content-type", bad).body(untouchable_of(20));
        service().send(ask).await.is_denied(415, "unsupported-media-type");
    }
    service().send(Ask::post("/users").body(untouchable_of(20))).await.is_denied(415, "unsupported-media-type");
    service().send(Ask::post("/users")).await.is_denied(415, "unsupported-media-type");
}

#[tokio::test]
async fn a_form_comes_as_a_form() {
    let ask = |kind| Ask::post("/form").header("content-type", kind).body("size=7");
    assert_eq!(service().send(ask("application/x-www-form-urlencoded")).await.is(200).text, "7");
    service().send(ask("application/json")).await.is_denied(415, "unsupported-media-type");
    service().send(ask("text/plain")).await.is_denied(415, "unsupported-media-type");
    let invalid = Ask::post("/form").header("content-type", "application/x-www-form-urlencoded").body("size=101&order=hunter2");
    let answer = service().send(invalid).await;
    assert_eq!(errors(&answer), pairs(&[("#/order", "length"), ("#/size", "range")]));
    answer.does_not_echo("hunter2");
}

#[tokio::test]
async fn what_is_no_json_is_400() {
    for body in ["", "{", "nul", r#"{"userName":"anna","age":7} x"#, r#"{"userName":"an"#, "{'userName':1}", "\u{feff}{}", "[1,]"]
    {
        create_from(body).await.is_denied(400, "malformed-input");
    }
    let invalid_utf8 = Ask::post("/users").header("content-type", "application/json").body(b"{\"userName\":\"\xff\"}".to_vec());
    service().send(invalid_utf8).await.is_denied(400, "malformed-input");
}

#[tokio::test]
async fn the_bound_of_the_body_is_exact() {
    let body = |length: usize| {
        let rest = r#"{"userName":"anna","age":7}"#;
        format!("{}{rest}", " ".repeat(length - rest.len()))
    };
    let json = |body: axum::body::Body| Ask::post("/users").header("content-type", "application/json").body(body);
    service().send(json(body(300).into())).await.is(201);
    service().send(json(body(301).into())).await.is_denied(413, "body-too-large");
    service().send(json(unannounced(body(300)))).await.is(201);
    service().send(json(unannounced(body(301)))).await.is_denied(413, "body-too-large");
    service().send(json(unannounced(body(1_000_000)))).await.is_denied(413, "body-too-large");
    service().send(json(untouchable_of(u64::MAX))).await.is_denied(413, "body-too-large");
}

#[tokio::test]
async fn an_endpoint_can_take_more_than_axum_does_by_default_and_one_that_says_nothing_takes_what_the_service_says() {
    #[secure(public = "anybody may", body = "3 MiB")]
    async fn large(_: Valid<Json<NewUser>>) {}
    #[secure(public = "anybody may")]
    async fn plain(_: Valid<Json<NewUser>>) {}
    let router = SecureRouter::new().route("/large", post(large)).route("/plain", post(plain));
    let service = Service::with(router, |security| security.body_limit("1 kB"));
    let body = |length: usize| format!("{}{{\"userName\":\"anna\",\"age\":7}}", " ".repeat(length - 27));
    service.send(Ask::post("/large").json(&body(3 << 20))).await.is(200);
    service.send(Ask::post("/large").json(&body((3 << 20) + 1))).await.is(413);
    service.send(Ask::post("/plain").json(&body(1_000))).await.is(200);
    service.send(Ask::post("/plain").json(&body(1_001))).await.is(413);
}

#[tokio::test]
async fn every_broken_rule_is_reported_in_the_names_of_the_wire() {
    let answer =
        create_from(r#"{"userName":"h!","age":200,"homeAddresses":[{"post-code":"12345"},{"post-code":"hunter2"}]}"#).await;
    let mut found = errors(&answer);
    found.dedup();
    assert_eq!(
        found,
        pairs(&[
            ("#/age", "range"),
            ("#/homeAddresses/1/post-code", "length"),
            ("#/userName", "alphanumeric"),
            ("#/userName", "length")
        ])
    );
    answer.does_not_echo("hunter2");
    answer.does_not_echo("h!");
    answer.does_not_echo("200");
    for rust in ["user_name", "home_addresses", "post_code"] {
        answer.does_not_echo(rust);
    }
}

#[tokio::test]
async fn what_does_not_fit_the_type_is_reported_by_its_place() {
    let one = |pointer, code| pairs(&[(pointer, code)]);
    assert_eq!(errors(&create_from(r#"{"userName":"anna"}"#).await), one("#/age", "required"));
    assert_eq!(errors(&create_from(r#"{"userName":"anna","age":"7"}"#).await), one("#/age", "type"));
    assert_eq!(errors(&create_from(r#"{"userName":"anna","age":-1}"#).await), one("#/age", "type"));
    assert_eq!(errors(&create_from(r#"{"userName":"anna","age":256}"#).await), one("#/age", "type"));
    assert_eq!(errors(&create_from(r#"{"userName":"anna","age":7,"age":8}"#).await), one("#/age", "duplicate"));
    let nested = create_from(r#"{"userName":"anna","age":7,"homeAddresses":[{"post-code":"12345"},{"post-code":1}]}"#).await;
    assert_eq!(errors(&nested), one("#/homeAddresses/1/post-code", "type"));
    let missing = create_from(r#"{"userName":"anna","age":7,"homeAddresses":[{}]}"#).await;
    assert_eq!(errors(&missing), one("#/homeAddresses/0/post-code", "required"));
    assert_eq!(errors(&create_from("null").await), one("#", "type"));
}

#[tokio::test]
async fn an_unknown_field_is_refused_and_not_echoed() {
    let answer = create_from(r#"{"userName":"anna","age":7,"hunter2":true}"#).await;
    assert_eq!(errors(&answer), pairs(&[("#", "unknown_field")]));
    answer.does_not_echo("hunter2");
}

#[tokio::test]
async fn values_are_not_echoed_whatever_is_wrong_with_them() {
    for body in [
        r#"{"userName":"hunter2 hunter2","age":7}"#,
        r#"{"userName":{"hunter2":"hunter2"},"age":7}"#,
        r#"{"userName":"anna","age":"hunter2"}"#,
        r#"{"userName":"anna","age":"hunter2, expected hunter2 at line 1 column 1"}"#,
        r#"["hunter2"]"#,
        r#""hunter2""#,
        r#"{"hunter2":"hunter2"}"#,
    ] {
        let answer = create_from(body).await;
        answer.is_denied(422, "invalid-input");
        answer.does_not_echo("hunter2");
    }
}

#[tokio::test]
async fn a_query_is_held_to_its_rules() {
    let list = async |query: &str| service().send(Ask::get(&format!("/list?{query}"))).await;
    assert_eq!(list("size=100").await.is(200).text, "100 None");
    assert_eq!(list("size=1&order=a%20b&more=x").await.is(200).text, r#"1 Some("a b")"#);
    assert_eq!(errors(&list("size=101&order=hunter2").await), pairs(&[("#/order", "length"), ("#/size", "range")]));
    assert_eq!(errors(&list("size=hunter2").await), pairs(&[("#/size", "type")]));
    assert_eq!(errors(&list("").await), pairs(&[("#/size", "required")]));
    assert_eq!(errors(&list("size=1&size=2").await), pairs(&[("#/size", "duplicate")]));
    list("size=hunter2").await.does_not_echo("hunter2");
}

#[tokio::test]
async fn a_path_is_held_to_its_rules() {
    assert_eq!(service().send(Ask::get("/items/7")).await.is(200).text, "7");
    assert_eq!(errors(&service().send(Ask::get("/items/0")).await), pairs(&[("#/id", "range")]));
    let answer = service().send(Ask::get("/items/hunter2")).await;
    assert_eq!(errors(&answer), pairs(&[("#/id", "type")]));
    answer.does_not_echo("hunter2");
    service().send(Ask::get("/items/%ff")).await.is_denied(400, "malformed-input");
}
