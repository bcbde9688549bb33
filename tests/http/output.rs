//! What an answer shows depends on who asked, and nothing is shown where nobody is being answered.

use crate::support::{
    Ask, Service, answer, security,
    token::{admin, user},
};
use axum::{Json, response::IntoResponse};
use portcullis::{__private::is_shown, Access, PolicyOf, prelude::*};
use serde::{Serialize, Serializer};
use serde_json::json;

struct Salary(u32);

#[secure(role = "admin")]
async fn of_admins() {}

impl Serialize for Salary {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Access::Allow(requirement) = of_admins::POLICY.access() else { panic!() };
        if is_shown(rule_book!().hash(), requirement) { self.0.serialize(serializer) } else { serializer.serialize_none() }
    }
}

#[secure(authenticated)]
async fn salary() -> Json<Salary> {
    assert_eq!(json!(Salary(7)), json!(null), "a handler that is at work shows nobody");
    Json(Salary(7))
}

#[secure(public = "asks who it is")]
async fn asks(_caller: Option<Principal>) -> Json<Salary> {
    Json(Salary(7))
}

#[secure(public = "does not ask")]
async fn does_not_ask() -> Json<Salary> {
    Json(Salary(7))
}

fn router() -> SecureRouter {
    SecureRouter::new()
        .route("/of-admins", get(of_admins))
        .route("/salary", get(salary))
        .route("/asks", get(asks))
        .route("/does-not-ask", get(does_not_ask))
}

#[tokio::test]
async fn who_asked_decides_what_is_shown() {
    let service = Service::new(router());
    for (path, of_user, of_admin) in [("/salary", "null", "7"), ("/asks", "null", "7"), ("/does-not-ask", "null", "null")] {
        assert_eq!(service.send(Ask::get(path).bearer(&user("ann"))).await.is(200).text, of_user, "{path}");
        assert_eq!(service.send(Ask::get(path).bearer(&admin("ann"))).await.is(200).text, of_admin, "{path}");
    }
    assert_eq!(service.send(Ask::get("/asks")).await.is(200).text, "null");
    assert_eq!(Json(Salary(7)).into_response().headers()["content-type"], "application/json");
    assert_eq!(json!(Salary(7)), json!(null));
}

#[tokio::test]
async fn who_asked_decides_in_a_plain_router_too() {
    let (security, _) = security(|security| security);
    let app = axum::Router::new().route("/salary", axum::routing::get(salary)).layer(security.layer());
    assert_eq!(answer(&app, Ask::get("/salary").bearer(&user("ann"))).await.is(200).text, "null");
    assert_eq!(answer(&app, Ask::get("/salary").bearer(&admin("ann"))).await.is(200).text, "7");
}
