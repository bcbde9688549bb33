//! The stack that people write by hand today, written well: all layers in one, keys and rules made once.
//! It tells the caller what is left of the rate limit, because Portcullis does.

use super::{Item, ROUTE, SECURITY_HEADERS, cors};
use crate::{
    Result,
    credentials::{AUDIENCE, Credentials, ISSUER},
};
use axum::{Json, Router, extract::FromRequestParts, routing::get};
use http::{HeaderName, HeaderValue, StatusCode, header::AUTHORIZATION, request::Parts};
use jsonwebtoken::{DecodingKey, Validation, decode};
use serde::Deserialize;
use std::sync::Arc;
use tower_governor::{GovernorLayer, governor::GovernorConfigBuilder};
use tower_http::set_header::SetResponseHeaderLayer;

struct Verifier {
    key: DecodingKey,
    rules: Validation,
}

#[derive(Deserialize)]
struct Claims {
    #[expect(dead_code, reason = "a service wants to know who calls, so it is read")]
    sub: String,
    roles: Vec<String>,
}

/// A caller with the role `user`.
struct User(#[expect(dead_code, reason = "the handler could ask who calls, as with Portcullis")] Claims);

impl FromRequestParts<Arc<Verifier>> for User {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, verifier: &Arc<Verifier>) -> Result<Self, StatusCode> {
        let value = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let token = value.and_then(|value| value.strip_prefix("Bearer ")).ok_or(StatusCode::UNAUTHORIZED)?;
        let token = decode::<Claims>(token, &verifier.key, &verifier.rules).map_err(|_| StatusCode::UNAUTHORIZED)?;
        let is_user = token.claims.roles.iter().any(|role| role == "user");
        if is_user { Ok(Self(token.claims)) } else { Err(StatusCode::FORBIDDEN) }
    }
}

async fn item(_caller: User) -> Json<Item> {
    Json(Item::SEVEN)
}

pub(super) fn router(credentials: &Credentials) -> Result<Router> {
    let (key, algorithm) = credentials.decoding_key()?;
    let mut rules = Validation::new(algorithm);
    rules.set_issuer(&[ISSUER]);
    rules.set_audience(&[AUDIENCE]);
    rules.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
    rules.validate_nbf = true;
    rules.leeway = 0;

    // A call every nanosecond and a billion at once: it counts every call and refuses none.
    let rate = GovernorConfigBuilder::default().per_nanosecond(1).burst_size(1_000_000_000).use_headers().finish();
    let rate = GovernorLayer::new(rate.ok_or("the rate is empty")?);

    let [a, b, c, d, e, f, g] = SECURITY_HEADERS.map(header);
    let layers = ((a, b, c, d), (e, f, g), cors(), rate);
    // portcullis: allow(PC101) this is what people write by hand, measured beside ours
    Ok(Router::new().route(ROUTE, get(item)).layer(layers).with_state(Arc::new(Verifier { key, rules })))
}

fn header((name, value): (HeaderName, HeaderValue)) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(name, value)
}
