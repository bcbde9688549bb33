//! `Option<Extractor>` and `Result<Extractor, _>`: what an extractor may leave open, and what the guard still finds in it.

use crate::support::{answer, as_nobody, posted, send};
use axum::{
    Json,
    extract::{Path, Query, rejection::PathRejection},
};
use garde::Validate;
use portcullis::{Denial, prelude::*};
use serde::Deserialize;

#[derive(Deserialize, Validate)]
struct Page {
    #[garde(range(max = 100))]
    size: u32,
}

#[secure(authenticated)]
async fn maybe_path(id: Option<Path<u64>>) -> String {
    id.map_or("all".to_owned(), |Path(id)| id.to_string())
}

#[secure(authenticated)]
async fn tried_path(id: Result<Path<u64>, PathRejection>) -> String {
    id.map_or("not a number".to_owned(), |Path(id)| id.to_string())
}

#[secure(public = "greets whoever comes")]
async fn greet(principal: Option<Principal>) -> String {
    principal.map_or("somebody".to_owned(), |principal| principal.subject().to_owned())
}

#[secure(authenticated)]
async fn tried_query(page: Result<Valid<Query<Page>>, Denial>) -> String {
    page.map_or_else(|denial| denial.status().to_string(), |Valid(Query(page))| page.size.to_string())
}

#[secure(authenticated)]
async fn tried_body(page: Result<Valid<Json<Page>>, Denial>) -> String {
    page.map_or_else(|denial| denial.status().to_string(), |Valid(Json(page))| page.size.to_string())
}

#[secure(authenticated, unvalidated = "only its presence counts")]
async fn maybe_body(page: Option<Json<Page>>) -> String {
    page.is_some().to_string()
}

#[secure(authenticated)]
async fn pair((Path(id), principal): (Path<u64>, Principal)) -> String {
    format!("{id} {}", principal.subject())
}

#[secure(authenticated)]
async fn nested(((principal,), Valid(Json(page))): ((Principal,), Valid<Json<Page>>)) -> String {
    format!("{} {}", page.size, principal.subject())
}

#[tokio::test]
async fn extractors_may_be_optional() {
    let router = || SecureRouter::new().route("/", get(maybe_path)).route("/{id}", get(maybe_path));
    assert_eq!(answer(router(), "/").await, "all");
    assert_eq!(answer(router(), "/5").await, "5");
    let router = || SecureRouter::new().route("/{id}", get(tried_path));
    assert_eq!(answer(router(), "/5").await, "5");
    assert_eq!(answer(router(), "/five").await, "not a number");
    let router = || SecureRouter::new().route("/", get(greet));
    assert_eq!(answer(router(), "/").await, "alice");
    assert_eq!(send(router(), as_nobody("/")).await, (200, "somebody".to_owned()));
}

#[tokio::test]
async fn a_result_keeps_the_refusal_for_the_handler() {
    let router = || SecureRouter::new().route("/", get(tried_query).post(tried_body));
    assert_eq!(answer(router(), "/?size=5").await, "5");
    assert_eq!(answer(router(), "/?size=101").await, "422 Unprocessable Entity");
    assert_eq!(posted(router(), "/", r#"{"size": 100}"#).await.1, "100");
    assert_eq!(posted(router(), "/", r#"{"size": 101}"#).await.1, "422 Unprocessable Entity");
    let router = SecureRouter::new().route("/", post(maybe_body));
    assert_eq!(posted(router, "/", r#"{"size": 101}"#).await.1, "true");
}

#[tokio::test]
async fn tuples_that_are_written_out_are_looked_into() {
    assert_eq!(answer(SecureRouter::new().route("/{id}", get(pair)), "/5").await, "5 alice");
    let router = || SecureRouter::new().route("/", post(nested));
    assert_eq!(posted(router(), "/", r#"{"size": 7}"#).await.1, "7 alice");
    assert_eq!(posted(router(), "/", r#"{"size": 101}"#).await.0, 422);
}
