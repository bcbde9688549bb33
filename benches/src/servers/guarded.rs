//! The handler behind Portcullis: the same protection in one line.
//! With the defaults of the builder, as a service would have it.

use super::{Item, ROUTE};
use crate::{
    Result,
    credentials::{AUDIENCE, Credentials, ISSUER},
};
use axum::{Json, Router};
use portcullis::{jwt::Jwt, prelude::get, prelude::*};
use tower_http::cors::CorsLayer;

#[allow(non_camel_case_types, reason = "temporary")]
struct item {}
impl portcullis::PolicyOf for item {
    const POLICY: &'static portcullis::Policy = &portcullis::Policy::new(
        "item",
        1,
        portcullis::Access::Allow(portcullis::Requirement::Role("user", portcullis::Mask::from_words([1, 0, 0, 0]))),
    )
    .limits(&[portcullis::Limit::new(1_000_000_000, 1, 1_000_000_000, portcullis::RateKey::Ip)]);
    type When = portcullis::__private::Always;
}
async fn item(call: portcullis::Call<item, (), Principal>) -> axum::response::Response {
    call.run(async |(), caller| {
        let _c: Principal = caller;
        Json(Item::SEVEN)
    })
    .await
}
static BOOK: portcullis::RuleBook = portcullis::RuleBook::new(
    1,
    &[portcullis::Role::new("user", portcullis::Mask::from_words([1, 0, 0, 0]), portcullis::Mask::from_words([1, 0, 0, 0]))],
    &[],
);

pub(super) fn router(credentials: &Credentials, cors: Option<CorsLayer>) -> Result<Router> {
    let jwt = Jwt::new(ISSUER, AUDIENCE, credentials.jwt_key()?);
    let security = Security::builder(&BOOK).jwt(jwt).behind_tls().build()?;
    let router = SecureRouter::new().route(ROUTE, get(item)).secured_by(security)?;
    Ok(match cors {
        Some(cors) => router.layer(cors),
        None => router,
    })
}
