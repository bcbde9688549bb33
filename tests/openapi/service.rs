//! The service whose document the tests look at.

use axum::{
    Form, Json,
    extract::{Path, Query, State},
    http::StatusCode,
    response::Html,
};
use portcullis::{
    OpenApi, OpenApiDocument, Ready, SecurityBuilder,
    garde::Validate,
    jwt::{Jwt, JwtKey},
    prelude::*,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A person with an account.
#[derive(Deserialize, JsonSchema, Serialize, Validate)]
#[serde(deny_unknown_fields)]
#[schemars(example = &serde_json::json!({ "name": "alice", "age": 40, "nicknames": [] }))]
pub(crate) struct User {
    /// What others call them.
    #[garde(length(chars, min = 3, max = 50), alphanumeric)]
    pub(crate) name: String,
    #[garde(range(max = 150))]
    pub(crate) age: u8,
    #[garde(length(max = 5), inner(length(max = 20)))]
    #[serde(default)]
    pub(crate) nicknames: Vec<String>,
}

#[derive(Deserialize, JsonSchema, Validate)]
pub(crate) struct Login {
    #[garde(length(bytes, max = 50))]
    username: String,
    #[garde(length(bytes, max = 200))]
    password: Secret<String>,
}

#[derive(Deserialize, JsonSchema, Validate)]
pub(crate) struct Page {
    /// How many to leave out.
    #[garde(range(max = 10_000))]
    #[serde(default)]
    offset: u32,
    #[garde(length(max = 20))]
    after: Option<String>,
    #[garde(range(min = 1, max = 100))]
    limit: u32,
}

/// What has no schema.
#[derive(Serialize)]
pub(crate) struct Opaque {
    number: u8,
}

/// Describes this service.
#[secure(get = "/openapi.json", public = "clients are generated from it")]
async fn openapi(document: OpenApiDocument) -> OpenApiDocument {
    document
}

/// Exchanges a name and a password
/// for a token.
///
/// The token lives for *15 minutes*.
#[secure(post = "/token", public = "callers log in here", rate("1/min per ip burst 5", "20/s per global"), body = "2 KiB")]
async fn token(_: Valid<Form<Login>>) -> Result<Json<serde_json::Value>, StatusCode> {
    Err(StatusCode::BAD_REQUEST)
}

#[secure(get = "/hello", public = "greets everybody, and those who log in by name")]
async fn hello(_: Option<Principal>) -> Html<&'static str> {
    Html("")
}

#[secure(get = "/users", role = "user")]
async fn list_users(_: Valid<Query<Page>>) -> Json<Vec<User>> {
    Json(Vec::new())
}

#[secure(get = "/users/{id}", role = "user", when = principal.subject() == id)]
async fn get_user(Path(id): Path<String>, State(()): State<()>) -> Result<Json<User>, StatusCode> {
    drop(id);
    Err(StatusCode::NOT_FOUND)
}

/// Creates a user.
#[secure(post = "/users", role = "admin", rate = "5/min")]
async fn create_user(Valid(Json(user)): Valid<Json<User>>) -> (StatusCode, Json<User>) {
    (StatusCode::CREATED, Json(user))
}

#[deprecated = "use `suspend`"]
#[secure(delete = "/users/{id}", allow(any(role = "admin", scope = "notes:write")), step_up(max_age = "5 min"))]
async fn delete_user(_: Path<u64>) -> StatusCode {
    StatusCode::NO_CONTENT
}

#[secure(get = "/reports", scope = "reports:read")]
async fn reports() -> impl axum::response::IntoResponse {}

#[secure(get = "/opaque", authenticated)]
async fn opaque() -> Json<Opaque> {
    Json(Opaque { number: 0 })
}

#[secure(
    put = "/files/{*path}",
    allow(all(scope = "reports:read", scope = "notes:write")),
    unvalidated = "the store takes anything"
)]
async fn upload(_: Path<String>, _: axum::body::Bytes) {}

#[expect(deprecated, reason = "what is deprecated is served as long as it is there")]
pub(crate) fn router() -> SecureRouter {
    SecureRouter::new()
        .mount(upload)
        .mount(opaque)
        .mount(reports)
        .mount(delete_user)
        .mount(create_user)
        .mount(get_user)
        .mount(list_users)
        .mount(hello)
        .mount(token)
        .mount(openapi)
        .merge_unsecured(axum::Router::new(), "scraped from inside the cluster")
        .openapi(about())
}

pub(crate) fn about() -> OpenApi {
    OpenApi::new("Users", "1.0")
        .description("Who has an account.")
        .contact("The users team", "https://example.com/users")
        .license("Apache-2.0")
        .tag("users", "People with accounts.")
        .password_flow("/token")
}

pub(crate) fn security() -> SecurityBuilder<Ready> {
    let key = JwtKey::hs256(b"a secret of the tests, and of nothing else").unwrap();
    Security::builder(rule_book!()).jwt(Jwt::new("https://id.example.com", "https://api.example.com", key))
}

/// The document of a router.
pub(crate) fn document_of(router: &SecureRouter) -> serde_json::Value {
    router.openapi_document(&security().build().unwrap()).unwrap().json().clone()
}
