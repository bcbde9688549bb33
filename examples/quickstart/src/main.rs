//! A whole service behind Portcullis, in one file: `cargo run -p quickstart`, and paste what it prints.
//! `PORT`, `SIGNING_KEY` (32 bytes or more), `ALICE_PASSWORD` and `BOB_PASSWORD` replace 8080 and what would be random.
#![expect(clippy::print_stdout, reason = "a program speaks on standard output; a library does not")]

use argon2::{Argon2, PasswordHasher, PasswordVerifier, password_hash::phc::PasswordHash};
use axum::extract::{Path, State};
use axum::{Form, Json, http::StatusCode, http::header::CACHE_CONTROL, response::IntoResponse, response::NoContent};
use portcullis::jwt::{Jwt, JwtKey, Signer, SigningKey};
use portcullis::{Ready, SecurityBuilder, Status, open_api, prelude::*};
use serde_json::{Value, json};
use std::collections::{BTreeMap, btree_map::Entry};
use std::{env, error::Error, net::SocketAddr, sync::Arc, time::Duration};

const ISSUER: &str = "http://localhost/quickstart";
const LIFETIME: Duration = Duration::from_secs(15 * 60);
type Db = State<Arc<App>>;
type Refused = Status<400, Json<Value>>;

/// What an admin sends, and what everybody sees of it who may call for it.
#[derive(Clone, Input, Output)]
struct NewUser {
    #[garde(length(chars, min = 3, max = 50), ascii, alphanumeric)]
    username: String,
    #[garde(email, length(chars, max = 254))]
    #[visible(role = "admin")]
    #[mask(first = 1)]
    email: String,
    #[garde(range(max = 150))]
    age: u8,
}

#[derive(Input)]
struct UserId(#[garde(length(chars, min = 3, max = 50), ascii, alphanumeric)] String);

/// The password grant of OAuth 2.0 (RFC 6749 §4.3).
#[derive(Input)]
struct Login {
    #[garde(ascii, length(chars, max = 20))]
    grant_type: Option<String>,
    #[garde(ascii, length(chars, max = 200))]
    scope: Option<String>,
    #[garde(length(chars, max = 50))]
    username: String,
    #[garde(length(chars, max = 200))]
    password: Secret<String>,
}

/// Where a service of yours has its database.
struct App {
    accounts: BTreeMap<&'static str, Account>,
    decoy: PasswordHash,
    users: tokio::sync::Mutex<BTreeMap<String, NewUser>>,
    signer: Signer,
}

struct Account {
    password: PasswordHash,
    role: &'static str,
    scopes: &'static [&'static str],
}

#[secure(post = "/token", public = "callers log in here", rate("1/min per ip burst 5", "20/s per global"), body = "2 KiB")]
async fn token(State(app): Db, Valid(Form(login)): Valid<Form<Login>>) -> Result<Result<impl IntoResponse, StatusCode>, Refused> {
    let account = app.accounts.get(login.username.as_str());
    // A name that nobody has takes as long as a wrong password: it is compared to nobody's.
    let hash = account.map_or(&app.decoy, |account| &account.password).clone();
    let verify = move || Argon2::default().verify_password(login.password.expose().as_bytes(), &hash).is_ok();
    let right = tokio::task::spawn_blocking(verify).await.unwrap_or(false);
    let account = account.filter(|_| right).ok_or(Status(Json(json!({ "error": "invalid_grant" }))))?;
    let token = app.signer.token(login.username, LIFETIME).roles([account.role]).scopes(account.scopes.iter().copied()).sign();
    let answer = |token| json!({ "access_token": token, "token_type": "bearer", "expires_in": LIFETIME.as_secs() });
    let answer = token.map(|token| ([(CACHE_CONTROL, "no-store")], Json(answer(token))));
    Ok(answer.map_err(|_| StatusCode::INTERNAL_SERVER_ERROR))
}

#[secure(get = "/health", public = "load balancers probe it", rate = "60/min per ip")]
async fn health() -> &'static str {
    "ok"
}

/// What this service can do, for tools.
#[secure(get = "/openapi.json", public = "clients are generated from it")]
async fn openapi(document: OpenApiDocument) -> OpenApiDocument {
    document
}

/// The same, for people: log in as alice or bob, and try it.
#[secure(get = "/docs", public = "people try the API out here")]
async fn docs(page: DocsPage) -> DocsPage {
    page
}

#[secure(get = "/me", authenticated)]
async fn me(principal: Principal) -> Json<Value> {
    Json(json!({ "subject": principal.subject(), "roles": Vec::from_iter(principal.roles()) }))
}

#[secure(get = "/users/{id}", role = "user", when = principal.subject() == id || principal.has_role("admin"))]
async fn get_user(Valid(Path(UserId(id))): Valid<Path<UserId>>, State(app): Db) -> Result<Json<NewUser>, StatusCode> {
    app.users.lock().await.get(&id).cloned().map(Json).ok_or(StatusCode::NOT_FOUND)
}

#[secure(post = "/users", role = "admin", rate = "5/min", audit = "user.create")]
async fn create_user(State(app): Db, Valid(Json(new)): Valid<Json<NewUser>>) -> Result<Status<201, Json<NewUser>>, StatusCode> {
    match app.users.lock().await.entry(new.username.clone()) {
        Entry::Occupied(_) => Err(StatusCode::CONFLICT),
        Entry::Vacant(place) => Ok(Status(Json(place.insert(new).clone()))),
    }
}

#[secure(delete = "/users/{id}", role = "admin", audit = "user.delete")]
async fn delete_user(Valid(Path(UserId(id))): Valid<Path<UserId>>, State(app): Db) -> Result<NoContent, StatusCode> {
    app.users.lock().await.remove(&id).map(|_| NoContent).ok_or(StatusCode::NOT_FOUND)
}

#[secure(get = "/reports", scope = "reports:read")]
async fn reports() -> Json<Value> {
    Json(json!([{ "month": "2026-10", "users": 2 }]))
}

/// Every endpoint, each where its policy says.
fn router(app: App) -> SecureRouter {
    SecureRouter::new()
        .mount(token)
        .mount(health)
        .mount(openapi)
        .mount(docs)
        .mount(me)
        .mount(get_user)
        .mount(create_user)
        .mount(delete_user)
        .mount(reports)
        .openapi(open_api!().password_flow("/token"))
        .with_state(Arc::new(app))
}

fn security(key: &[u8]) -> Result<SecurityBuilder<Ready>, Box<dyn Error>> {
    Ok(Security::builder(rule_book!()).jwt(Jwt::new(ISSUER, ISSUER, JwtKey::hs256(key)?)))
}

/// The accounts of this quickstart, and as many users.
fn app(key: &[u8], alice: &str, bob: &str) -> Result<App, Box<dyn Error>> {
    let hash = |password: &str| Argon2::default().hash_password(password.as_bytes());
    let alice = Account { password: hash(alice)?, role: "admin", scopes: &["reports:read"] };
    let bob = Account { password: hash(bob)?, role: "user", scopes: &[] };
    let user = |name: &str| NewUser { username: name.to_owned(), email: format!("{name}@example.com"), age: 40 };
    Ok(App {
        accounts: BTreeMap::from([("alice", alice), ("bob", bob)]),
        decoy: hash("")?,
        users: tokio::sync::Mutex::new(["alice", "bob"].map(|name| (name.to_owned(), user(name))).into()),
        signer: Signer::new(ISSUER, ISSUER, SigningKey::hs256(key)?),
    })
}

/// The secret in this environment variable, or a random one that is told.
fn secret(variable: &str) -> Result<String, Box<dyn Error>> {
    let mut bytes = [0; 20];
    getrandom::fill(&mut bytes)?;
    let random = bytes.map(|byte| format!("{byte:02x}")).concat();
    Ok(env::var(variable).unwrap_or_else(|_| {
        println!("{variable}='{}'", if variable == "SIGNING_KEY" { "random, gone with this process" } else { &random });
        random
    }))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    tracing_subscriber::fmt().with_writer(std::io::stderr).init();
    let port: u16 = env::var("PORT").map_or(Ok(8080), |port| port.parse())?;
    let key = secret("SIGNING_KEY")?;
    let router = router(app(key.as_bytes(), &secret("ALICE_PASSWORD")?, &secret("BOB_PASSWORD")?)?);
    println!("{}\n\n{}", include_str!("try.sh").replace("8080", &port.to_string()), router.manifest());
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
    let service = router.secured_by(security(key.as_bytes())?.build()?)?.into_make_service_with_connect_info::<SocketAddr>();
    Ok(axum::serve(listener, service).await?)
}

#[cfg(test)]
mod tests;
