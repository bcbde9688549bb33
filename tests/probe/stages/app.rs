//! A service near the quickstart, which probes itself and prints what was found. The stage that the environment names is disabled.
#![allow(clippy::print_stdout, reason = "a program speaks on standard output")]

use axum::{
    Form, Json,
    extract::{Path, State},
    http::StatusCode,
};
use garde::Validate;
use portcullis::{
    jwt::{Jwt, JwtKey},
    prelude::*,
    testing::Probe,
};
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeMap,
    error::Error,
    sync::{Arc, Mutex},
};

#[derive(Clone, Deserialize, Serialize, Validate)]
struct NewUser {
    #[garde(length(chars, min = 3, max = 50), alphanumeric)]
    username: String,
}

#[derive(Deserialize, Validate)]
struct Login {
    #[garde(length(bytes, max = 50))]
    username: String,
}

type Users = Arc<Mutex<BTreeMap<String, NewUser>>>;

#[secure(public = "callers get their credentials here", rate("1/min per ip burst 5", "20/s per global"), body = "2 KiB")]
async fn token(Valid(Form(login)): Valid<Form<Login>>) -> String {
    login.username
}

#[secure(public = "load balancers probe it", rate = "60/min per ip")]
async fn health() -> &'static str {
    "ok"
}

#[secure(authenticated)]
async fn me(principal: Principal) -> String {
    principal.subject().to_owned()
}

#[secure(role = "user", when = principal.subject() == id || principal.has_role("admin"))]
async fn get_user(Path(id): Path<String>, State(users): State<Users>) -> Result<Json<NewUser>, StatusCode> {
    users.lock().ok().and_then(|users| users.get(&id).cloned()).map(Json).ok_or(StatusCode::NOT_FOUND)
}

#[secure(role = "admin", rate = "5/min", audit = "user.create")]
async fn create_user(State(users): State<Users>, Valid(Json(user)): Valid<Json<NewUser>>) -> StatusCode {
    users.lock().map(|mut users| users.insert(user.username.clone(), user)).map_or(StatusCode::CONFLICT, |_| StatusCode::CREATED)
}

#[secure(role = "admin", step_up(max_age = "5 min", mfa), audit = "user.delete")]
async fn delete_user(Path(_id): Path<String>) -> StatusCode {
    StatusCode::NO_CONTENT
}

#[secure(role = "user", when = user.username == *id)]
async fn rename_user(Path(id): Path<String>, Valid(Json(user)): Valid<Json<NewUser>>) -> String {
    id + &user.username
}

#[secure(allow(any(role = "admin", all(role = "editor", scope = "reports:read"))))]
async fn reports() -> &'static str {
    "reports"
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let router = SecureRouter::new()
        .route("/token", post(token))
        .route("/health", get(health))
        .route("/me", get(me))
        .route("/users", post(create_user))
        .route("/users/{id}", get(get_user).delete(delete_user).put(rename_user))
        .route("/reports", get(reports))
        .with_state(Users::default());
    let key = JwtKey::hs256("a secret of the tests, and of nothing else")?;
    let builder = Security::builder(rule_book!()).jwt(Jwt::new("https://id.example.com", "https://api.example.com", key));
    let report = Probe::new(router, builder).body("PUT /users/{id}", r#"{"username":"somebody"}"#).run().await;
    println!("{report}");
    if report.holds() { Ok(()) } else { Err("the service does not do what its manifest says".into()) }
}
