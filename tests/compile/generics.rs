//! Generic handlers: the policy is one, whatever the types are.

use crate::support::{answer, posted, status};
use axum::{
    Json,
    extract::{FromRequest, FromRequestParts, Path, State},
    http::StatusCode,
    response::IntoResponse,
};
use garde::Validate;
use portcullis::{PolicyOf, prelude::*};
use serde::{Deserialize, de::DeserializeOwned};
use std::{fmt::Display, future::Future};

trait Notes: Clone + Send + Sync + 'static {
    type Note: IntoResponse + Send;

    fn owner(&self, id: u64) -> impl Future<Output = String> + Send;
    fn find(&self, id: u64) -> Option<Self::Note>;
}

#[derive(Clone)]
struct InMemory;

impl Notes for InMemory {
    type Note = &'static str;

    async fn owner(&self, id: u64) -> String {
        if id == 1 { "alice".to_owned() } else { "bob".to_owned() }
    }

    fn find(&self, id: u64) -> Option<Self::Note> {
        (id < 3).then_some("buy bread")
    }
}

#[secure(role = "user", when = notes.owner(*id).await == principal.subject())]
async fn show<N>(Path(id): Path<u64>, State(notes): State<N>) -> Result<N::Note, StatusCode>
where
    N: Notes,
{
    notes.find(id).ok_or(StatusCode::NOT_FOUND)
}

#[secure(authenticated, when = notes.owner(note.id).await == principal.subject() && note.text.len() <= N)]
async fn save<R: Notes, const N: usize>(
    State((notes, _)): State<(R, [(); N])>,
    Valid(Json(note)): Valid<Json<Note>>,
) -> Result<R::Note, StatusCode> {
    notes.find(note.id).ok_or(StatusCode::NOT_FOUND)
}

#[derive(Deserialize, Validate)]
struct Note {
    #[garde(range(min = 1))]
    id: u64,
    #[garde(length(chars, max = 100))]
    text: String,
}

#[secure(authenticated)]
async fn repeat<const TIMES: usize>(Path(word): Path<String>) -> String {
    word.repeat(TIMES)
}

#[secure(authenticated)]
async fn made<T>() -> T
where
    T: Default + IntoResponse + Send,
{
    T::default()
}

#[secure(authenticated, unvalidated = "every type has rules of its own")]
async fn anything<A, B>(a: A, b: B) -> String
where
    A: FromRequestParts<()> + Display + Send + 'static,
    B: FromRequest<()> + AsRef<str> + Send + 'static,
{
    format!("{a} {}", b.as_ref())
}

#[secure(authenticated)]
async fn checked<T>(Valid(Json(input)): Valid<Json<T>>) -> String
where
    T: DeserializeOwned + Validate<Context: Default> + ToString + Send + 'static,
{
    input.to_string()
}

#[derive(Deserialize, Validate)]
#[garde(transparent)]
struct Age(#[garde(range(max = 150))] u8);

impl Display for Age {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

#[tokio::test]
async fn generic_handlers_are_routed_with_their_types() {
    let router = || SecureRouter::new().route("/{id}", get(show::<InMemory>)).with_state(InMemory);
    assert_eq!(answer(router(), "/1").await, "buy bread");
    assert_eq!(status(router(), "/2", "alice", &["admin"]).await, 403, "the note is bob's");
    assert_eq!(status(router(), "/2", "bob", &["user"]).await, 200);
    assert_eq!(status(router(), "/3", "bob", &["user"]).await, 404);
    assert_eq!(show::POLICY.condition(), Some("notes.owner(*id).await == principal.subject()"));
}

#[tokio::test]
async fn constants_and_conditions_on_the_body_are_generic_too() {
    let router = || SecureRouter::new().route("/", post(save::<InMemory, 5>)).with_state((InMemory, [(); 5]));
    assert_eq!(posted(router(), "/", r#"{"id": 1, "text": "short"}"#).await.0, 200);
    assert_eq!(posted(router(), "/", r#"{"id": 1, "text": "longer"}"#).await.0, 403);
    assert_eq!(posted(router(), "/", r#"{"id": 2, "text": "short"}"#).await.0, 403);
    assert_eq!(posted(router(), "/", r#"{"id": 0, "text": "short"}"#).await.0, 422);
    assert_eq!(answer(SecureRouter::new().route("/{word}", get(repeat::<3>)), "/ho").await, "hohoho");
}

#[tokio::test]
async fn types_that_only_the_answer_or_the_body_has() {
    assert_eq!(answer(SecureRouter::new().route("/", get(made::<String>)), "/").await, "");
    let router = SecureRouter::new().route("/", post(anything::<axum::http::Method, String>));
    assert_eq!(posted(router, "/", "text").await.1, "POST text");
    let router = || SecureRouter::new().route("/", post(checked::<Age>));
    assert_eq!(posted(router(), "/", "150").await, (200, "150".to_owned()));
    assert_eq!(posted(router(), "/", "151").await.0, 422);
}
