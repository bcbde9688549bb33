//! One question, one answer: a router is secured, asked as somebody, and its answer read.

use axum::{
    Router,
    body::Body,
    extract::ConnectInfo,
    http::{Method, Request},
};
use http_body_util::BodyExt;
use portcullis::{
    SecureRouter, Security,
    jwt::{Jwt, JwtKey, Signer, SigningKey},
    rule_book,
};
use std::{net::SocketAddr, time::Duration};
use tower::ServiceExt;

const ISSUER: &str = "https://id.example.com";
const SECRET: &[u8] = b"a secret of the tests, and of nothing else";

pub(crate) fn security() -> Security {
    let key = JwtKey::hs256(SECRET).unwrap();
    Security::builder(rule_book!()).jwt(Jwt::new(ISSUER, ISSUER, key)).build().unwrap()
}

/// What the router answers a GET by `alice`, an admin with every scope.
pub(crate) async fn answer(router: SecureRouter, path: &str) -> String {
    let (status, text) = send(router, as_somebody(Method::GET, path, "alice", &["admin"])).await;
    assert_eq!(status, 200, "{text}");
    text
}

/// The status of a GET by the subject, who has these roles.
pub(crate) async fn status(router: SecureRouter, path: &str, subject: &str, roles: &[&str]) -> u16 {
    send(router, as_somebody(Method::GET, path, subject, roles)).await.0
}

/// What the router answers a POST of this JSON by `alice`.
pub(crate) async fn posted(router: SecureRouter, path: &str, json: &str) -> (u16, String) {
    let mut request = as_somebody(Method::POST, path, "alice", &["admin"]);
    request.headers_mut().insert("content-type", "application/json".parse().unwrap());
    *request.body_mut() = Body::from(json.to_owned());
    send(router, request).await
}

pub(crate) async fn send(router: SecureRouter, request: Request<Body>) -> (u16, String) {
    ask(router.secured_by(security()).unwrap(), request).await
}

pub(crate) async fn ask(app: Router, request: Request<Body>) -> (u16, String) {
    let (head, body) = app.oneshot(request).await.unwrap().into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    (head.status.as_u16(), String::from_utf8(body.to_vec()).unwrap())
}

pub(crate) fn as_somebody(method: Method, path: &str, subject: &str, roles: &[&str]) -> Request<Body> {
    let signer = Signer::new(ISSUER, ISSUER, SigningKey::hs256(SECRET).unwrap());
    let token = signer.token(subject, Duration::from_secs(60)).roles(roles.iter().copied());
    let token = token.scopes(["notes:write", "reports:read"]).sign().unwrap();
    let mut request = as_nobody(path);
    *request.method_mut() = method;
    request.headers_mut().insert("authorization", format!("Bearer {token}").parse().unwrap());
    request
}

pub(crate) fn as_nobody(path: &str) -> Request<Body> {
    let peer = ConnectInfo(SocketAddr::from(([192, 0, 2, 1], 50_000)));
    Request::builder().uri(path).extension(peer).body(Body::empty()).unwrap()
}
