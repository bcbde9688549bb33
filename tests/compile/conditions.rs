//! `when`: any expression over the principal and the arguments, which it borrows.

use crate::support::{answer, posted, status};
use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderMap, Method},
};
use garde::Validate;
use portcullis::{PolicyOf, prelude::*};
use serde::Deserialize;
use std::sync::Arc;

#[derive(Deserialize, Validate)]
struct Transfer {
    #[garde(length(max = 20))]
    from: String,
    #[garde(range(min = 1))]
    amount: u32,
}

#[derive(Clone)]
struct Bank {
    limit: u32,
    closed: Arc<[String]>,
}

const HOUSE: &str = "house";

#[secure(authenticated, when = matches!(id, 1..=5 | 10))]
async fn in_a_macro(Path(id): Path<u64>, _: Method) -> String {
    id.to_string()
}

#[secure(authenticated, when = { let id = id.len(); id > 2 } && !bank.closed.iter().any(|id| id == principal.subject()))]
async fn shadowed(Path(id): Path<String>, State(bank): State<Bank>) -> String {
    format!("{id} {}", bank.limit)
}

#[secure(authenticated, when = transfer.from == principal.subject() && transfer.amount < bank.limit || principal.subject() == HOUSE, rate = "100/min")]
async fn on_the_body(State(bank): State<Bank>, Valid(Json(transfer)): Valid<Json<Transfer>>) -> String {
    format!("{} of {}", transfer.amount, bank.limit)
}

#[secure(authenticated, when = match principal.roles().next() { Some("admin") => true, _ => false })]
async fn on_nobody_else() -> &'static str {
    "ok"
}

#[secure(authenticated, when = caller.subject() == principal.subject())]
async fn of_the_same(caller: Principal, _: HeaderMap) -> String {
    caller.subject().to_owned()
}

#[secure(authenticated, when = principal.subject() == "alice")]
async fn of_the_same_name(principal: Principal) -> String {
    principal.subject().to_owned()
}

#[secure(authenticated, when = is_open(&mut 0, [id][0]).await)]
async fn with_helpers(mut headers: HeaderMap, Path(id): Path<u64>) -> String {
    headers.clear();
    id.to_string()
}

async fn is_open(count: &mut u32, id: &u64) -> bool {
    *count += 1;
    std::future::ready(*id == 7).await
}

#[tokio::test]
async fn the_arguments_are_borrowed_wherever_the_expression_names_them() {
    let router = || SecureRouter::new().route("/{id}", get(in_a_macro));
    assert_eq!(answer(router(), "/10").await, "10");
    assert_eq!(status(router(), "/6", "alice", &["admin"]).await, 403);
    let bank = Bank { limit: 100, closed: Arc::new(["bob".to_owned()]) };
    let router = || SecureRouter::new().route("/{id}", get(shadowed)).with_state(bank.clone());
    assert_eq!(answer(router(), "/abc").await, "abc 100");
    assert_eq!(status(router(), "/ab", "alice", &[]).await, 403);
    assert_eq!(status(router(), "/abc", "bob", &[]).await, 403);
    let router = || SecureRouter::new().route("/{id}", get(with_helpers));
    assert_eq!(answer(router(), "/7").await, "7");
    assert_eq!(status(router(), "/8", "alice", &["admin"]).await, 403);
}

#[tokio::test]
async fn the_body_may_be_named() {
    let bank = Bank { limit: 100, closed: Arc::new([]) };
    let router = || SecureRouter::new().route("/", post(on_the_body)).with_state(bank.clone());
    assert_eq!(posted(router(), "/", r#"{"from": "alice", "amount": 99}"#).await.1, "99 of 100");
    assert_eq!(posted(router(), "/", r#"{"from": "alice", "amount": 100}"#).await.0, 403);
    assert_eq!(posted(router(), "/", r#"{"from": "bob", "amount": 99}"#).await.0, 403);
    assert_eq!(posted(router(), "/", r#"{"from": "bob", "amount": 0}"#).await.0, 422, "the rules come before the condition");
}

#[tokio::test]
async fn the_principal_is_there_without_being_an_argument() {
    let router = || SecureRouter::new().route("/", get(on_nobody_else));
    assert_eq!(answer(router(), "/").await, "ok");
    assert_eq!(status(router(), "/", "alice", &["user"]).await, 403);
    assert_eq!(answer(SecureRouter::new().route("/", get(of_the_same)), "/").await, "alice");
    let router = || SecureRouter::new().route("/", get(of_the_same_name));
    assert_eq!(answer(router(), "/").await, "alice");
    assert_eq!(status(router(), "/", "bob", &[]).await, 403);
}

#[test]
fn the_policy_shows_the_expression_as_it_is_written() {
    assert_eq!(on_nobody_else::POLICY.condition().map(|text| text.contains("Some(\"admin\")")), Some(true));
    assert_eq!(in_a_macro::POLICY.condition(), Some("matches!(id, 1..=5 | 10)"));
}
