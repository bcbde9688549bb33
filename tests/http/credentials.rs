//! Credentials of any form: whatever bytes come as `Authorization`, the answer is a 400 or a 401 with a challenge; and API keys.

use crate::support::{
    Answer, Ask, NOW, Service, answer,
    token::{nobody, user},
};
use portcullis::{
    Security,
    api_key::{ApiKey, ApiKeys},
    prelude::*,
};
use proptest::{collection::vec, prelude::any, prelude::*};
use std::time::Duration;

#[secure(role = "user")]
async fn inside(principal: Principal) -> String {
    format!("{} {}", principal.subject(), principal.scheme())
}

fn router() -> SecureRouter {
    SecureRouter::new().route("/", get(inside))
}

/// A service with tokens and API keys, and the plaintext of a key of `bot`.
fn service() -> (Service, String) {
    let (plaintext, key) = ApiKey::generate("bot").unwrap();
    let keys = ApiKeys::new().key(key.roles(["user"]));
    let service = Service::with(router(), |security| security.api_keys(keys).failed_authentications("1000000/s"));
    (service, plaintext)
}

/// A refusal as RFC 6750 wants it.
fn is_refused(answer: &Answer) {
    match answer.status.as_u16() {
        400 | 401 => assert!(!answer.all("www-authenticate").is_empty(), "{answer:?}"),
        429 => assert!(answer.header("retry-after").is_some(), "{answer:?}"),
        _ => panic!("{answer:?}"),
    }
}

/// Sends the values of a header that HTTP lets through.
fn send(service: &Service, values: &[(&str, Vec<u8>)]) -> Answer {
    let mut ask = Ask::get("/");
    for (name, value) in values {
        if axum::http::HeaderValue::from_bytes(value).is_ok() {
            ask = ask.header(name, value);
        }
    }
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(service.send(ask))
}

proptest! {
    #[test]
    fn any_bytes_in_authorization_are_refused_with_a_challenge(values in vec(vec(any::<u8>(), 0..300), 0..3)) {
        let values: Vec<_> = values.into_iter().map(|value| ("authorization", value)).collect();
        is_refused(&send(&service().0, &values));
    }

    #[test]
    fn any_bytes_after_bearer_are_refused_with_a_challenge(scheme in "[Bb]earer[ \t,]{0,3}", value in vec(any::<u8>(), 0..300)) {
        let answer = send(&service().0, &[("authorization", [scheme.as_bytes(), &value].concat())]);
        is_refused(&answer);
        prop_assert_ne!(answer.status, 429);
    }

    #[test]
    fn anything_shaped_like_a_token_is_refused(header in "[A-Za-z0-9_-]{0,60}", claims in "[A-Za-z0-9_-]{0,60}", signature in "[A-Za-z0-9_=-]{0,60}") {
        let answer = send(&service().0, &[("authorization", format!("Bearer {header}.{claims}.{signature}").into_bytes())]);
        is_refused(&answer);
    }

    #[test]
    fn any_header_and_claims_well_signed_are_refused_or_let_in(header in any_json(), claims in any_json()) {
        let token = crate::support::token::hs256(&header, &claims);
        is_refused(&send(&service().0, &[("authorization", format!("Bearer {token}").into_bytes())]));
    }

    #[test]
    fn any_bytes_as_an_api_key_are_refused_with_a_challenge(values in vec(vec(any::<u8>(), 0..300), 0..3), token in any::<bool>()) {
        let mut values: Vec<_> = values.into_iter().map(|value| ("x-api-key", value)).collect();
        if token {
            values.push(("authorization", b"Bearer a.b.c".to_vec()));
        }
        is_refused(&send(&service().0, &values));
    }
}

/// Objects with the members that tokens have, and values that they do not.
fn any_json() -> impl Strategy<Value = serde_json::Value> {
    let value = prop_oneof![
        Just(serde_json::json!("HS256")),
        Just(serde_json::json!(crate::support::ISSUER)),
        Just(serde_json::json!(NOW + 60)),
        Just(serde_json::Value::Null),
        any::<i64>().prop_map(|number| serde_json::json!(number)),
        any::<f64>().prop_map(|number| serde_json::json!(number)),
        any::<String>().prop_map(|text| serde_json::json!(text)),
        vec(any::<String>(), 0..3).prop_map(|texts| serde_json::json!(texts)),
    ];
    let name = prop_oneof![
        Just("alg"),
        Just("typ"),
        Just("kid"),
        Just("iss"),
        Just("exp"),
        Just("nbf"),
        Just("sub"),
        Just("roles"),
        Just("scope")
    ];
    vec((name, value), 0..8).prop_map(|members| members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

#[test]
fn absurd_lengths_are_refused_at_once() {
    let (service, _) = service();
    for value in [
        "Bearer ".to_owned() + &"a".repeat(10 << 20),
        "Bearer".to_owned() + &" ".repeat(10 << 20),
        "x".repeat(10 << 20),
        "Bearer ".to_owned() + &"a.".repeat(5 << 20),
    ] {
        is_refused(&send(&service, &[("authorization", value.clone().into_bytes())]));
        is_refused(&send(&service, &[("x-api-key", value.into_bytes())]));
    }
}

#[test]
fn many_headers_are_refused_at_once() {
    let (service, _) = service();
    let many: Vec<_> = (0..10_000).map(|_| ("authorization", b"Bearer a".to_vec())).collect();
    let answer = send(&service, &many);
    answer.is_denied(400, "malformed-credentials");
}

#[test]
fn a_good_token_beside_anything_else_is_400() {
    let (service, key) = service();
    let good = format!("Bearer {}", user("ann")).into_bytes();
    for other in [&b"Bearer x"[..], b"Basic eDp5", b"", b"\xff"] {
        for values in [[good.clone(), other.to_vec()], [other.to_vec(), good.clone()]] {
            let values = values.map(|value| ("authorization", value));
            send(&service, &values).is_denied(400, "malformed-credentials");
        }
    }
    send(&service, &[("authorization", good), ("x-api-key", key.into_bytes())]).is_denied(400, "malformed-credentials");
}

#[tokio::test]
async fn an_api_key_is_a_principal_with_its_grants() {
    let (service, key) = service();
    assert_eq!(service.send(Ask::get("/").header("X-API-KEY", &key)).await.is(200).text, "bot api_key");
    assert_eq!(service.send(Ask::get("/").bearer(&user("ann"))).await.is(200).text, "ann jwt");
}

#[tokio::test]
async fn an_api_key_without_the_role_is_403() {
    let (plaintext, key) = ApiKey::generate("bot").unwrap();
    let service = Service::with(router(), |security| security.api_keys(ApiKeys::new().key(key)));
    service.send(Ask::get("/").header("x-api-key", plaintext)).await.is_denied(403, "not-allowed");
}

#[tokio::test]
async fn without_credentials_the_challenges_name_every_scheme() {
    let answer = service().0.send(Ask::get("/")).await;
    answer.is_denied(401, "no-credentials");
    assert_eq!(answer.all("www-authenticate"), [r#"Bearer realm="api""#, r#"ApiKey realm="api""#]);
}

#[tokio::test]
async fn an_api_key_that_is_wrong_in_any_way_is_401_and_not_echoed() {
    let (service, key) = service();
    let (prefix, secret) = key.split_once('.').unwrap();
    let last = if key.ends_with('A') { "B" } else { "A" };
    for wrong in [
        format!("{}{last}", &key[..key.len() - 1]),
        format!("{key}x"),
        key[..key.len() - 1].to_owned(),
        prefix.to_owned(),
        format!("{prefix}."),
        secret.to_owned(),
        format!(".{secret}"),
        format!("unknown.{secret}"),
        key.to_uppercase(),
        format!("{prefix}.{prefix}.{secret}"),
    ] {
        let answer = service.send(Ask::get("/").header("x-api-key", &wrong)).await;
        answer.is_denied(401, "invalid-credentials");
        answer.does_not_echo(&wrong);
    }
    service.send(Ask::get("/").header("x-api-key", &key)).await.is(200);
}

#[tokio::test]
async fn two_api_keys_are_400() {
    let (service, key) = service();
    service.send(Ask::get("/").header("x-api-key", &key).header("X-Api-Key", &key)).await.is_denied(400, "malformed-credentials");
}

#[tokio::test]
async fn an_api_key_expires_at_its_second() {
    let (plaintext, key) = ApiKey::generate("bot").unwrap();
    let key = key.roles(["user"]).expires_at(Duration::from_secs(NOW + 10));
    let service = Service::with(router(), |security| security.api_keys(ApiKeys::new().key(key)));
    let ask = || Ask::get("/").header("x-api-key", &plaintext);
    service.send(ask()).await.is(200);
    service.advance(9);
    service.send(ask()).await.is(200);
    service.advance(1);
    service.send(ask()).await.is_denied(401, "invalid-credentials");
}

#[tokio::test]
async fn an_api_key_kept_as_its_hash_is_the_same_key() {
    let (plaintext, key) = ApiKey::generate("bot").unwrap();
    let kept = ApiKey::from_hash(key.prefix(), &key.hash_hex(), "bot").unwrap().roles(["user"]);
    let service = Service::with(router(), |security| security.api_keys(ApiKeys::new().key(kept)));
    service.send(Ask::get("/").header("x-api-key", plaintext)).await.is(200);
}

#[tokio::test]
async fn a_service_with_api_keys_only_challenges_for_nothing_else() {
    let (plaintext, key) = ApiKey::generate("bot").unwrap();
    let security = Security::builder(rule_book!()).api_keys(ApiKeys::new().key(key.roles(["user"]))).build().unwrap();
    let app = router().secured_by(security).unwrap();
    answer(&app, Ask::get("/").header("x-api-key", &plaintext)).await.is(200);
    for ask in [
        Ask::get("/"),
        Ask::get("/").bearer(&nobody("ann")),
        Ask::get("/").header("x-api-key", "wrong"),
        Ask::get("/").header("x-api-key", ""),
    ] {
        let answer = answer(&app, ask).await;
        let challenges = answer.all("www-authenticate");
        assert_eq!(challenges.len(), 1, "{answer:?}");
        assert!(challenges[0].starts_with("ApiKey realm=\"api\""), "{challenges:?}");
    }
}

#[tokio::test]
async fn an_api_key_is_not_read_where_none_is_accepted() {
    let service = Service::new(router());
    service.send(Ask::get("/").bearer(&user("ann")).header("x-api-key", "anything")).await.is(200);
    service.send(Ask::get("/").header("x-api-key", "anything")).await.is_denied(401, "no-credentials");
}
