//! A service with everything that a policy can say.

use axum::{
    Form, Json,
    extract::{Path, Query, State},
    http::StatusCode,
};
use portcullis::{
    Ready, SecurityBuilder,
    api_key::{ApiKey, ApiKeys},
    garde::Validate,
    jwt::{Jwt, JwtKey},
    multipart::{Disk, Multipart, Upload, UploadRules},
    prelude::*,
};
use serde::Deserialize;
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

#[derive(Deserialize, Validate)]
struct Note {
    #[garde(length(chars, max = 10))]
    text: String,
}

#[derive(Deserialize, Validate)]
struct Page {
    #[garde(range(max = 100))]
    size: u32,
}

/// How often a handler ran that must not run on input which does not validate.
#[derive(Clone, Default)]
pub(crate) struct Written(Arc<AtomicUsize>);

impl Written {
    pub(crate) fn count(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }

    fn one_more(&self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

#[secure(public = "load balancers probe it", rate = "60/min per ip", audit = "health")]
async fn health() -> &'static str {
    "ok"
}

#[secure(public = "credentials are made here", rate("1/min per ip burst 5", "20/s per global"), body = "2 KiB")]
async fn token(State(written): State<Written>, _: Valid<Form<Note>>) {
    written.one_more();
}

#[secure(public = "knows its regulars")]
async fn welcome(principal: Option<Principal>) -> String {
    principal.map_or("hello".to_owned(), |principal| principal.subject().to_owned())
}

#[secure(authenticated, rate("10/s", "100/day"))]
async fn me(principal: Principal) -> String {
    principal.subject().to_owned()
}

#[secure(role = "user", when = principal.subject() == id || principal.has_role("admin"), audit = "user.read")]
async fn get_user(Path(id): Path<String>) -> String {
    id
}

#[secure(role = "admin", rate = "5/min", body = "1 KiB", audit = "user.create")]
async fn create_user(State(written): State<Written>, _: Valid<Json<Note>>) -> StatusCode {
    written.one_more();
    StatusCode::CREATED
}

#[secure(role = "admin", step_up(max_age = "5 min", mfa), audit = "user.delete", rate = "3/h per global")]
async fn delete_user(Path(_id): Path<u64>) {}

#[secure(scope = "notes:write", step_up(mfa), body = "100 B", when = note.text != "forbidden")]
async fn write_note(State(written): State<Written>, Path(_id): Path<String>, Valid(Json(note)): Valid<Json<Note>>) -> String {
    written.one_more();
    note.text
}

#[secure(allow(any(role = "admin", all(role = "user", scope = "reports:read", not(scope = "notes:write")))), rate = "1/2s")]
async fn reports(_: Valid<Query<Page>>) -> &'static str {
    "reports"
}

#[secure(role = "editor", unvalidated = "it is an archive", body = "16 MiB", step_up(max_age = "1 h"))]
async fn upload(body: axum::body::Bytes) -> String {
    body.len().to_string()
}

#[secure(role = "editor", body = "16 MiB")]
async fn import(_: Valid<Json<Note>>) {}

#[derive(Deserialize, Validate)]
struct Picture {
    #[garde(length(chars, max = 10))]
    title: String,
    #[garde(skip)]
    file: Upload<Png>,
}

struct Png;

impl UploadRules for Png {
    const MAX: u64 = 1024;
    const TYPES: &'static [&'static str] = &["image/png"];
    type Sink = Disk;
}

#[secure(role = "editor", body = "200 KiB")]
async fn picture(State(written): State<Written>, Valid(Multipart(picture)): Valid<Multipart<Picture>>) -> String {
    written.one_more();
    format!("{} {}", picture.title, picture.file.size())
}

#[secure(authenticated, audit = "lost")]
async fn lost() -> StatusCode {
    StatusCode::NOT_FOUND
}

#[secure(public = "says what is there", rate = "100000/s per ip")]
async fn wrong_method() -> StatusCode {
    StatusCode::METHOD_NOT_ALLOWED
}

#[secure(role = "user")]
async fn everything(Path(rest): Path<String>) -> String {
    rest
}

pub(crate) fn router(written: &Written) -> SecureRouter {
    let users = SecureRouter::new()
        .route("/", post(create_user))
        .route("/{id}", get(get_user).delete(delete_user))
        .route("/{id}/notes", post(write_note))
        .fallback(lost);
    SecureRouter::new()
        .route("/health", get(health))
        .route("/token", post(token).get(welcome))
        .route("/me", get(me))
        .nest("/users", users)
        .route("/reports", get(reports).head(reports))
        .route("/archive", put(upload).post(import))
        .route("/pictures", post(picture))
        .route("/files/{*rest}", any(everything))
        .method_not_allowed_fallback(wrong_method)
        .with_state(written.clone())
}

pub(crate) fn builder() -> SecurityBuilder<Ready> {
    let key = JwtKey::hs256("a secret of the tests, and of nothing else").unwrap();
    let (_, robot) = ApiKey::generate("robot").unwrap();
    Security::builder(rule_book!())
        .jwt(Jwt::new("https://id.example.com", "https://api.example.com", key))
        .api_keys(ApiKeys::new().key(robot))
        .behind_tls()
}
