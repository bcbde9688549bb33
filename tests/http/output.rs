//! What an answer shows depends on who asked, and nothing is shown where nobody is being answered.

mod leaks;
mod masks;
mod schema;
mod shapes;

use crate::support::{
    Ask, Service,
    token::{admin, nobody, token, user},
};
use axum::{Json, http::StatusCode, response::IntoResponse};
use portcullis::{Output, prelude::*};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

#[derive(Clone, Output)]
#[serde(rename_all = "camelCase")]
struct Account {
    name: String,
    #[mask(last = 4)]
    iban: String,
    #[visible(role = "admin")]
    internal_notes: String,
    #[visible(any(role = "editor", scope = "reports:read"))]
    #[serde(skip_serializing_if = "Option::is_none", rename = "score")]
    credit_score: Option<u32>,
    #[visible(authenticated)]
    since: u16,
    #[visible(role = "admin")]
    #[mask(all)]
    pin: Secret<String>,
    #[visible(role = "admin")]
    #[serde(flatten)]
    origin: Origin,
}

#[derive(Clone, Output)]
struct Origin {
    country: &'static str,
    #[visible(scope = "reports:read")]
    branch: u8,
}

fn account() -> Account {
    Account {
        name: "Ann".to_owned(),
        iban: "DE02120300000000202051".to_owned(),
        internal_notes: "owes us".to_owned(),
        credit_score: Some(7),
        since: 1999,
        pin: Secret::new("2580".to_owned()),
        origin: Origin { country: "DE", branch: 3 },
    }
}

#[secure(authenticated)]
async fn one() -> Json<Account> {
    Json(account())
}

#[secure(public = "asks who it is")]
async fn asks(_caller: Option<Principal>) -> Json<Account> {
    Json(account())
}

#[secure(public = "does not ask")]
async fn does_not_ask() -> Json<Account> {
    Json(account())
}

#[secure(authenticated)]
async fn many() -> (StatusCode, [(&'static str, &'static str); 1], Json<BTreeMap<&'static str, Vec<Option<Account>>>>) {
    (StatusCode::ACCEPTED, [("x-many", "yes")], Json(BTreeMap::from([("all", vec![Some(account()), None])])))
}

/// An error whose answer has an output in it.
struct Locked(Account);

impl IntoResponse for Locked {
    fn into_response(self) -> axum::response::Response {
        (StatusCode::LOCKED, Json(self.0)).into_response()
    }
}

#[secure(authenticated)]
async fn fails() -> Result<Json<Account>, Locked> {
    Err(Locked(account()))
}

fn service() -> Service {
    let router = SecureRouter::new()
        .route("/one", get(one))
        .route("/asks", get(asks))
        .route("/does-not-ask", get(does_not_ask))
        .route("/many", get(many))
        .route("/fails", get(fails));
    Service::new(router)
}

fn for_everybody() -> Value {
    json!({ "name": "Ann", "iban": "****2051", "pin": "****" })
}

fn for_nobody_in_particular() -> Value {
    json!({ "name": "Ann", "iban": "****2051", "since": 1999, "pin": "****" })
}

fn for_admins() -> Value {
    json!({
        "name": "Ann", "iban": "****2051", "internalNotes": "owes us", "score": 7, "since": 1999, "pin": "2580", "country": "DE",
    })
}

async fn seen(service: &Service, path: &str, token: Option<String>) -> Value {
    let ask = token.into_iter().fold(Ask::get(path), |ask, token| ask.bearer(&token));
    service.send(ask).await.json()
}

#[tokio::test]
async fn who_asked_decides_what_is_shown() {
    let service = service();
    let with_score = json!({ "name": "Ann", "iban": "****2051", "score": 7, "since": 1999, "pin": "****" });
    for (path, token, shown) in [
        ("/one", Some(nobody("ann")), for_nobody_in_particular()),
        ("/one", Some(user("ann")), for_nobody_in_particular()),
        ("/one", Some(token("ann", &[], &["notes:write"])), for_nobody_in_particular()),
        ("/one", Some(token("ann", &["no-such-role"], &["admin"])), for_nobody_in_particular()),
        ("/one", Some(token("ann", &[], &["reports:read"])), with_score.clone()),
        ("/one", Some(token("ann", &["editor"], &[])), with_score),
        ("/one", Some(admin("ann")), for_admins()),
        ("/asks", Some(admin("ann")), for_admins()),
        ("/asks", Some(user("ann")), for_nobody_in_particular()),
        ("/asks", None, for_everybody()),
        ("/does-not-ask", Some(admin("ann")), for_everybody()),
        ("/does-not-ask", None, for_everybody()),
    ] {
        assert_eq!(seen(&service, path, token.clone()).await, shown, "{path} {token:?}");
    }
}

#[tokio::test]
async fn a_nested_rule_is_asked_beside_the_outer_one() {
    let service = service();
    let admin_who_reads = seen(&service, "/one", Some(token("ann", &["admin"], &["reports:read"]))).await;
    assert_eq!((&admin_who_reads["country"], &admin_who_reads["branch"]), (&json!("DE"), &json!(3)));
    let reads = seen(&service, "/one", Some(token("ann", &[], &["reports:read"]))).await;
    assert_eq!((reads.get("country"), reads.get("branch")), (None, None), "the outer rule hides all of it");
}

#[tokio::test]
async fn whatever_holds_an_output_has_it_shown_by_its_rules() {
    let service = service();
    for (token, shown) in [(admin("ann"), for_admins()), (user("ann"), for_nobody_in_particular())] {
        let answer = service.send(Ask::get("/many").bearer(&token)).await;
        assert_eq!(answer.is(202).json(), json!({ "all": [shown, null] }));
        assert_eq!(answer.header("x-many"), Some("yes"));
        let failed = service.send(Ask::get("/fails").bearer(&token)).await;
        assert_eq!(failed.is(423).json(), shown, "the answer of an `Err` is an answer");
    }
}

#[tokio::test]
async fn what_a_user_may_not_see_is_nowhere_in_the_answer() {
    let answer = service().send(Ask::get("/one").bearer(&user("ann"))).await;
    for hidden in ["owes", "otes", "core", "2580", "DE021203", "country", "branch"] {
        answer.does_not_echo(hidden);
    }
}

#[tokio::test]
async fn who_asked_decides_in_a_plain_router_too() {
    let (security, _) = crate::support::security(|security| security);
    let app = axum::Router::new().route("/one", axum::routing::get(one)).layer(security.layer());
    for (token, shown) in [(admin("ann"), for_admins()), (user("ann"), for_nobody_in_particular())] {
        assert_eq!(crate::support::answer(&app, Ask::get("/one").bearer(&token)).await.json(), shown);
    }
}

/// What is serialized as anything else is, in the same format.
fn text(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap()
}
