//! Expansions of every kind under every lint: a strict crate stays strict, and needs no exception for us.
//! `pub` items are in `tests/ui/pass/strict.rs`, whose root is its own.
#![deny(
    warnings,
    missing_docs,
    missing_debug_implementations,
    nonstandard_style,
    rust_2018_idioms,
    single_use_lifetimes,
    trivial_casts,
    trivial_numeric_casts,
    unreachable_pub,
    unsafe_code,
    unused,
    unused_import_braces,
    unused_lifetimes,
    unused_qualifications,
    unused_results,
    variant_size_differences,
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    clippy::allow_attributes_without_reason,
    clippy::absolute_paths,
    clippy::min_ident_chars,
    clippy::wildcard_imports,
    clippy::items_after_statements,
    clippy::future_not_send,
    clippy::large_futures
)]

use crate::support::{answer, posted, status};
use axum::{
    Json,
    extract::{Path, State},
    http::{Method, StatusCode},
    response::IntoResponse,
};
use garde::Validate;
use portcullis::{Principal, SecureRouter, Valid, routing, rule_book, secure};
use serde::Deserialize;

/// What is asked for.
#[derive(Debug, Deserialize, Validate)]
struct Page {
    /// How many.
    #[garde(range(max = 100))]
    size: u32,
}

/// Where things are kept.
trait Store: Clone + Send + Sync + 'static {
    /// Who owns the thing.
    fn owner(&self, id: u64) -> String;
}

/// In memory.
#[derive(Clone, Debug)]
struct Memory;

impl Store for Memory {
    fn owner(&self, id: u64) -> String {
        if id == 1 { "alice".to_owned() } else { "bob".to_owned() }
    }
}

/// Public.
#[secure(public = "the lints are the test", rate = "60/min per ip", body = "1 KiB", timeout = "5 s")]
async fn health() -> &'static str {
    "ok"
}

/// For anybody who is somebody.
#[secure(authenticated)]
async fn me(principal: Principal) -> String {
    principal.subject().to_owned()
}

/// A condition on the path, and a generic parameter.
#[secure(role = "user", when = store.owner(*id) == principal.subject() || principal.has_role("admin"))]
async fn show<S: Store>(Path(id): Path<u64>, State(store): State<S>) -> Result<String, StatusCode> {
    Ok(store.owner(id))
}

/// A condition on the body.
#[secure(allow(any(role = "admin", scope = "notes:write")), when = page.size > 0, rate("5/min", "100/day per global"))]
async fn list(Valid(Json(mut page)): Valid<Json<Page>>) -> impl IntoResponse {
    page.size += 1;
    page.size.to_string()
}

/// Unchecked input.
#[secure(authenticated, unvalidated = "the lints are the test")]
async fn echo(text: String) -> String {
    text
}

/// Several arguments.
#[secure(authenticated)]
async fn several(method: Method, principal: Option<Principal>, Path(id): Path<u64>) -> String {
    format!("{method} {} {id}", principal.is_some())
}

fn routes() -> SecureRouter {
    SecureRouter::new()
        .route("/health", routing::get(health))
        .route("/me", routing::get(me))
        .route("/owner/{id}", routing::get(show::<Memory>))
        .route("/list", routing::post(list))
        .route("/echo", routing::post(echo))
        .route("/several/{id}", routing::get(several))
        .with_state(Memory)
}

#[tokio::test]
async fn strict_code_works() {
    for (path, expected) in
        [("/health", "ok"), ("/me", "alice"), ("/owner/1", "alice"), ("/owner/2", "bob"), ("/several/5", "GET true 5")]
    {
        assert_eq!(answer(routes(), path).await, expected, "{path}");
    }
    assert_eq!(status(routes(), "/owner/2", "alice", &["user"]).await, 403);
    assert_eq!(posted(routes(), "/list", r#"{"size": 5}"#).await.1, "6");
    assert_eq!(posted(routes(), "/list", r#"{"size": 0}"#).await.0, 403);
    assert_eq!(posted(routes(), "/echo", "text").await.1, "text");
    assert!(rule_book!().role("admin").is_some());
}
