//! The handler behind Portcullis: the same protection in one line.
//! With the defaults of the builder, as a service would have it.

use super::{Item, ROUTE};
use crate::{
    Result,
    credentials::{AUDIENCE, Credentials, ISSUER},
};
use axum::{Json, Router};
use portcullis::{jwt::Jwt, prelude::*};
use tower_http::cors::CorsLayer;

/// A call every nanosecond and a billion at once: it counts every call and refuses none.
// portcullis: allow(PC301) the limiter is measured, and refuses none
#[secure(role = "user", rate = "1000000000/s per ip")]
async fn item(_caller: Principal) -> Json<Item> {
    Json(Item::SEVEN)
}

pub(super) fn router(credentials: &Credentials, cors: Option<CorsLayer>) -> Result<Router> {
    let jwt = Jwt::new(ISSUER, AUDIENCE, credentials.jwt_key()?);
    // portcullis: allow(PC503) HSTS is one of the headers that are measured
    let security = Security::builder(rule_book!()).jwt(jwt).behind_tls().build()?;
    let router = SecureRouter::new().route(ROUTE, get(item)).secured_by(security)?;
    Ok(match cors {
        Some(cors) => router.layer(cors),
        None => router,
    })
}
