//! The servers that are compared. Each answers `GET /items/{id}` with the same few bytes of JSON.
//! What stands before the handler is the difference: nothing, what people write by hand, or `#[secure]`.

mod by_hand;
mod guarded;
mod naked;

use crate::{Result, credentials::Credentials};
use axum::Router;
use http::{
    HeaderName, HeaderValue, Method,
    header::{
        AUTHORIZATION, CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
        X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
    },
};
use serde::Serialize;
use std::fmt;
use tower_http::cors::CorsLayer;

const ROUTE: &str = "/items/{id}";

/// The seven headers that every guarded answer has: Portcullis' default set on an authenticated endpoint over TLS.
pub(crate) const SECURITY_HEADERS: [(HeaderName, HeaderValue); 7] = [
    (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    (CACHE_CONTROL, HeaderValue::from_static("no-store")),
    (STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=63072000; includeSubDomains")),
];

/// What stands before the handler.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Server {
    /// Nothing.
    Naked,
    /// jsonwebtoken, tower_governor, seven header layers of tower-http, and its CORS.
    ByHand,
    /// `#[secure]` with a role and a rate, and the headers.
    Guarded,
    /// The same in the CORS layer that the stack by hand has.
    GuardedWithCors,
}

impl Server {
    /// The server, which verifies tokens by these credentials.
    pub(crate) fn router(self, credentials: Option<&Credentials>) -> Result<Router> {
        let credentials = credentials.ok_or("a server that guards something needs credentials");
        match self {
            Self::Naked => Ok(naked::router()),
            Self::ByHand => by_hand::router(credentials?),
            Self::Guarded => guarded::router(credentials?, None),
            Self::GuardedWithCors => guarded::router(credentials?, Some(cors())),
        }
    }
}

impl fmt::Display for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Naked => "naked",
            Self::ByHand => "by hand",
            Self::Guarded => "Portcullis",
            Self::GuardedWithCors => "Portcullis in a CORS layer",
        })
    }
}

/// One allowed origin. The requests name none, as most calls of an API do, so it costs what it costs every answer.
fn cors() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(HeaderValue::from_static("https://app.example.com"))
        .allow_methods([Method::GET])
        .allow_headers([AUTHORIZATION])
}

/// What every handler answers.
#[derive(Serialize)]
struct Item {
    id: u64,
    name: &'static str,
}

impl Item {
    const SEVEN: Self = Self { id: 7, name: "a seventh thing" };
}
