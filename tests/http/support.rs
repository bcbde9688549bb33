//! A service on a clock that stands still, the requests to it, and what came back.

pub(crate) mod body;
mod endpoint;
pub(crate) mod log;
pub(crate) mod socket;
pub(crate) mod token;

pub(crate) use endpoint::endpoint;

use axum::{
    Router,
    body::Body,
    extract::ConnectInfo,
    http::{HeaderMap, HeaderName, HeaderValue, Method, Request, StatusCode, header::CONTENT_TYPE},
};
use http_body_util::BodyExt;
use portcullis::{
    Ready, SecureRouter, Security, SecurityBuilder,
    clock::ManualClock,
    jwt::{Jwt, JwtKey},
    rule_book,
};
use serde_json::Value;
use std::{net::SocketAddr, sync::Arc, time::Duration};
use tower::ServiceExt;

/// The time at which every test begins, in seconds since 1970.
pub(crate) const NOW: u64 = 1_800_000_000;
pub(crate) const ISSUER: &str = "https://id.example.com";
pub(crate) const AUDIENCE: &str = "https://api.example.com";
pub(crate) const SECRET: &[u8] = b"a secret of the tests, and of nothing else";

/// A service under test, and the clock that it lives by.
pub(crate) struct Service {
    pub(crate) app: Router,
    pub(crate) clock: Arc<ManualClock>,
}

impl Service {
    /// Secures the router, with HS256 tokens for credentials.
    pub(crate) fn new(router: SecureRouter) -> Self {
        Self::with(router, |security| security)
    }

    /// The same, with other tokens for credentials.
    pub(crate) fn with_jwt(router: SecureRouter, jwt: Jwt) -> Self {
        let (security, clock) = security_of(jwt, |security| security);
        Self { app: router.secured_by(security).unwrap(), clock }
    }

    /// The same, with other settings.
    pub(crate) fn with(router: SecureRouter, set: impl FnOnce(SecurityBuilder<Ready>) -> SecurityBuilder<Ready>) -> Self {
        let (security, clock) = security(set);
        Self { app: router.secured_by(security).unwrap(), clock }
    }

    pub(crate) async fn send(&self, request: Ask) -> Answer {
        answer(&self.app, request).await
    }

    pub(crate) fn advance(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
    }
}

/// The security of a service under test, and its clock.
pub(crate) fn security(set: impl FnOnce(SecurityBuilder<Ready>) -> SecurityBuilder<Ready>) -> (Security, Arc<ManualClock>) {
    security_of(jwt(), set)
}

fn security_of(jwt: Jwt, set: impl FnOnce(SecurityBuilder<Ready>) -> SecurityBuilder<Ready>) -> (Security, Arc<ManualClock>) {
    let clock = Arc::new(ManualClock::at(Duration::from_secs(NOW)));
    let builder = Security::builder(rule_book!()).clock(clock.clone()).jwt(jwt);
    (set(builder).build().unwrap(), clock)
}

pub(crate) fn jwt() -> Jwt {
    Jwt::new(ISSUER, AUDIENCE, JwtKey::hs256(SECRET).unwrap())
}

/// Sends a request to any router and reads the whole answer.
pub(crate) async fn answer(app: &Router, Ask(request): Ask) -> Answer {
    let (head, body) = app.clone().oneshot(request).await.unwrap().into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    Answer { status: head.status, headers: head.headers, text: String::from_utf8(body.to_vec()).unwrap() }
}

/// A request.
pub(crate) struct Ask(pub(crate) Request<Body>);

impl Ask {
    pub(crate) fn new(method: Method, path: &str) -> Self {
        Self(Request::builder().method(method).uri(path).body(Body::empty()).unwrap())
    }

    pub(crate) fn get(path: &str) -> Self {
        Self::new(Method::GET, path)
    }

    pub(crate) fn post(path: &str) -> Self {
        Self::new(Method::POST, path)
    }

    /// Adds a header, beside those of the same name.
    pub(crate) fn header(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.0.headers_mut().append(name.parse::<HeaderName>().unwrap(), HeaderValue::from_bytes(value.as_ref()).unwrap());
        self
    }

    pub(crate) fn bearer(self, token: &str) -> Self {
        self.header("authorization", format!("Bearer {token}"))
    }

    pub(crate) fn from(self, address: &str) -> Self {
        let peer = SocketAddr::new(address.parse().unwrap(), 50_000);
        self.extension(ConnectInfo(peer))
    }

    pub(crate) fn extension(mut self, extension: impl Clone + Send + Sync + 'static) -> Self {
        self.0.extensions_mut().insert(extension);
        self
    }

    pub(crate) fn body(mut self, body: impl Into<Body>) -> Self {
        *self.0.body_mut() = body.into();
        self
    }

    pub(crate) fn json(self, text: &str) -> Self {
        self.header("content-type", "application/json").body(text.to_owned())
    }
}

/// An answer, read to its end.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    /// The one value of a header, if there is one.
    #[track_caller]
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        match self.all(name).as_slice() {
            [] => None,
            [value] => Some(value),
            many => panic!("`{name}` {} times: {many:?}", many.len()),
        }
    }

    pub(crate) fn all(&self, name: &str) -> Vec<&str> {
        self.headers.get_all(name).iter().map(|value| value.to_str().unwrap()).collect()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error} in {:?}", self.text))
    }

    #[track_caller]
    pub(crate) fn is(&self, status: u16) -> &Self {
        assert_eq!(self.status, status, "{self:#?}");
        self
    }

    /// A problem of this status and kind, in the form that every denial has, with the headers that every answer has.
    #[track_caller]
    pub(crate) fn is_denied(&self, status: u16, kind: &str) -> Value {
        self.is(status);
        assert_eq!(self.header(CONTENT_TYPE.as_str()), Some("application/problem+json"), "{self:#?}");
        assert_eq!(self.header("x-content-type-options"), Some("nosniff"), "{self:#?}");
        assert_eq!(self.header("content-security-policy"), Some("default-src 'none'; frame-ancestors 'none'"), "{self:#?}");
        let problem = self.json();
        let kind = if kind.contains(':') { kind.to_owned() } else { format!("urn:portcullis:problem:{kind}") };
        assert_eq!(problem["type"], kind, "{self:#?}");
        assert_eq!(problem["status"], status, "{self:#?}");
        assert!(problem["title"].as_str().is_some_and(|title| !title.is_empty()), "{self:#?}");
        problem
    }

    /// That nothing of the answer holds the text.
    #[track_caller]
    pub(crate) fn does_not_echo(&self, text: &str) {
        assert!(!self.text.contains(text), "the body echoes `{text}`: {}", self.text);
        for (name, value) in &self.headers {
            let value = String::from_utf8_lossy(value.as_bytes());
            assert!(!value.contains(text), "`{name}` echoes `{text}`: {value}");
        }
    }
}
