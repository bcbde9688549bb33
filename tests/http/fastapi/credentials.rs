//! Who is calling: what a refusal says, and what passes for credentials.

use crate::support::{
    Ask, Service,
    token::{nobody, token, user},
};
use axum::http::Method;
use portcullis::{
    api_key::{ApiKey, ApiKeys},
    prelude::*,
};

#[secure(authenticated)]
async fn me(principal: Principal) -> String {
    principal.subject().to_owned()
}

#[secure(scope = "notes:write")]
async fn write() {}

#[secure(role = "admin")]
async fn admin() {}

#[secure(authenticated)]
async fn chat(upgrade: axum::extract::WebSocketUpgrade) -> axum::response::Response {
    upgrade.on_upgrade(async |_| {})
}

fn router() -> SecureRouter {
    SecureRouter::new().route("/me", get(me)).route("/notes", post(write)).route("/admin", get(admin)).route("/chat", any(chat))
}

// FastAPI: 403 before 0.122; since then 401 with a bare `Bearer`, which RFC 6750 §3 does not have.
#[tokio::test]
async fn without_credentials_it_is_401_with_a_challenge_that_has_a_realm_and_no_error() {
    let answer = Service::new(router()).send(Ask::get("/me")).await;
    answer.is_denied(401, "no-credentials");
    assert_eq!(answer.header("www-authenticate"), Some(r#"Bearer realm="api""#));
}

// FastAPI, as its tutorial has it: 401 `Bearer scope="me items"`, as if another login helped.
#[tokio::test]
async fn a_missing_scope_is_403_insufficient_scope_and_not_401() {
    let answer = Service::new(router()).send(Ask::post("/notes").bearer(&token("ann", &[], &["reports:read"]))).await;
    answer.is_denied(403, "not-allowed");
    let challenge = answer.header("www-authenticate").unwrap();
    assert!(challenge.contains(r#"error="insufficient_scope""#) && challenge.contains(r#"scope="notes:write""#), "{challenge}");
}

// FastAPI: 200, and the first one counts; what a proxy looked at may be the other.
#[tokio::test]
async fn two_authorization_headers_are_400_and_the_first_does_not_win() {
    let service = Service::new(router());
    for (first, second) in [(user("ann"), user("eve")), (user("ann"), user("ann")), (user("ann"), "x".to_owned())] {
        let answer = service.send(Ask::get("/me").bearer(&first).bearer(&second)).await;
        answer.is_denied(400, "malformed-credentials");
        assert!(answer.header("www-authenticate").unwrap().contains(r#"error="invalid_request""#));
    }
}

// FastAPI: `OAuth2PasswordBearer` hands on whatever follows the word; 200 unless the application looks at it.
#[tokio::test]
async fn a_token_is_verified_and_not_only_taken_out_of_its_header() {
    let service = Service::new(router());
    for text in ["x", "a.b.c", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbm4ifQ."] {
        let answer = service.send(Ask::get("/me").bearer(text)).await;
        answer.is_denied(401, "invalid-credentials");
        assert!(answer.header("www-authenticate").unwrap().contains(r#"error="invalid_token""#));
    }
}

// FastAPI: `APIKeyHeader` hands on any key; 200 unless the application compares it.
#[tokio::test]
async fn an_api_key_that_nobody_issued_is_401() {
    let (good, key) = ApiKey::generate("bot").unwrap();
    let service = Service::with(router(), |security| security.api_keys(ApiKeys::new().key(key)));
    assert_eq!(service.send(Ask::get("/me").header("x-api-key", &good)).await.is(200).text, "bot");
    let (unknown, _) = ApiKey::generate("bot").unwrap();
    for key in [unknown.as_str(), "x", "bot"] {
        let answer = service.send(Ask::get("/me").header("x-api-key", key)).await;
        answer.is_denied(401, "invalid-credentials");
        answer.does_not_echo(&unknown);
    }
}

// FastAPI: `APIKeyQuery` reads credentials from the query, which every log on the way keeps.
#[tokio::test]
async fn credentials_in_the_query_are_none() {
    let service = Service::new(router());
    let token = user("ann");
    for name in ["access_token", "token", "api_key", "authorization"] {
        service.send(Ask::get(&format!("/me?{name}={token}"))).await.is_denied(401, "no-credentials");
    }
}

// slowapi: 401, four times of four and for ever: a dependency refuses before the limit is asked.
#[tokio::test]
async fn failed_logins_are_limited_as_well() {
    let service = Service::with(router(), |security| security.failed_authentications("3/min"));
    let guess = || Ask::get("/me").bearer("a.b.c").from("192.0.2.1");
    for _ in 0..3 {
        service.send(guess()).await.is_denied(401, "invalid-credentials");
    }
    let answer = service.send(guess()).await;
    assert!(answer.is(429).header("retry-after").is_some());
}

// FastAPI: 405 for HEAD where there is a GET, so that nobody asks who may; here HEAD is GET to the guard.
#[tokio::test]
async fn head_is_answered_and_guarded_as_get_is() {
    let service = Service::new(router());
    let head = |path: &str| Ask::new(Method::HEAD, path);
    service.send(head("/me")).await.is(401);
    service.send(head("/admin").bearer(&nobody("ann"))).await.is(403);
    assert_eq!(service.send(head("/me").bearer(&nobody("ann"))).await.is(200).text, "");
}

// FastAPI: dependencies of the whole application did not run for WebSocket routes (fastapi #4534).
#[tokio::test]
async fn a_websocket_is_guarded_before_it_is_upgraded() {
    let upgrade = Ask::get("/chat")
        .header("connection", "upgrade")
        .header("upgrade", "websocket")
        .header("sec-websocket-version", "13")
        .header("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==");
    Service::new(router()).send(upgrade).await.is_denied(401, "no-credentials");
}

// Starlette before 1.0.1: a malformed Host changed `request.url.path`, and what decided by it opened (CVE-2026-48710).
#[tokio::test]
async fn a_host_that_looks_like_a_path_opens_nothing() {
    let service = Service::new(router());
    for host in ["x/public?", "x/me#", "a@b/../public", "x/notes\\", ""] {
        service.send(Ask::get("/admin").header("host", host)).await.is_denied(401, "no-credentials");
        service.send(Ask::get("/admin").header("host", host).bearer(&user("ann"))).await.is_denied(403, "not-allowed");
    }
}
