//! Arguments that take themselves apart, and names that are keywords.

use crate::support::{answer, posted};
use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderMap, Method, Uri},
};
use garde::Validate;
use portcullis::{PolicyOf, prelude::*};
use serde::Deserialize;

#[derive(Deserialize, Validate)]
struct NewUser {
    #[garde(length(chars, min = 1, max = 50))]
    name: String,
    #[garde(range(max = 150))]
    age: u8,
}

#[derive(Clone)]
struct App {
    name: String,
    numbers: [u8; 4],
}

#[secure(authenticated)]
async fn create(Valid(Json(NewUser { mut name, age: years })): Valid<Json<NewUser>>) -> String {
    name.push('!');
    format!("{name} {years}")
}

#[secure(authenticated)]
async fn apart(State(App { ref name, numbers: [first, .., last] }): State<App>, mut headers: HeaderMap) -> String {
    headers.clear();
    format!("{name} {first} {last} {}", headers.len())
}

#[secure(authenticated)]
async fn whole(path @ Path(_): Path<u64>, _: Method, _uri: Uri) -> String {
    path.to_string()
}

#[secure(authenticated, unvalidated = "the pattern is what is tested")]
async fn shout(mut text: String) -> String {
    text.make_ascii_uppercase();
    text
}

#[secure(authenticated, when = r#match == "loop")]
async fn r#type(Path(r#match): Path<String>) -> String {
    r#match
}

#[secure(authenticated)]
async fn same_name(Path(same_name): Path<String>) -> String {
    same_name
}

#[tokio::test]
async fn patterns_bind_as_in_any_function() {
    let router = SecureRouter::new().route("/", post(create));
    assert_eq!(posted(router, "/", r#"{"name": "alice", "age": 5}"#).await, (200, "alice! 5".to_owned()));
    let router = SecureRouter::new().route("/", post(create));
    assert_eq!(posted(router, "/", r#"{"name": "", "age": 5}"#).await.0, 422, "the pattern does not hide the rules");

    let app = App { name: "notes".to_owned(), numbers: [1, 2, 3, 4] };
    let router = SecureRouter::new().route("/", get(apart)).with_state(app);
    assert_eq!(answer(router, "/").await, "notes 1 4 0");
    assert_eq!(answer(SecureRouter::new().route("/{id}", get(whole)), "/5").await, "5");
    assert_eq!(posted(SecureRouter::new().route("/", post(shout)), "/", "quiet").await, (200, "QUIET".to_owned()));
    assert_eq!(answer(SecureRouter::new().route("/{word}", get(same_name)), "/hello").await, "hello");
}

#[tokio::test]
async fn raw_identifiers_are_names() {
    assert_eq!(answer(SecureRouter::new().route("/{word}", get(r#type)), "/loop").await, "loop");
    assert!(r#type::POLICY.name().ends_with("::type"), "{}", r#type::POLICY.name());
}
