//! Tokens that an attacker would send. Each is a 401 with `invalid_token`, or a 400 where it is not of the form of a token.

use crate::support::{
    AUDIENCE, Answer, Ask, ISSUER, NOW, SECRET, Service,
    token::{LIFETIME, claims, hs256, nobody, signed, unsigned},
};
use jsonwebtoken::{Algorithm, EncodingKey};
use portcullis::{
    jwt::{Jwt, JwtKey},
    prelude::*,
};
use serde_json::{Value, json};

#[secure(authenticated)]
async fn inside() -> &'static str {
    "inside"
}

fn service() -> Service {
    Service::with(SecureRouter::new().route("/", get(inside)), |security| security.failed_authentications("1000000/min"))
}

#[track_caller]
fn invalid(answer: &Answer, what: &str) {
    assert_eq!(answer.status, 401, "{what}: {answer:?}");
    answer.is_denied(401, "invalid-credentials");
    assert_eq!(answer.header("www-authenticate"), Some(r#"Bearer realm="api", error="invalid_token""#), "{what}");
}

/// Sends the token twice, since what is remembered of the first time must not help the second.
async fn refused(service: &Service, what: &str, token: &str) {
    for _ in 0..2 {
        invalid(&service.send(Ask::get("/").bearer(token)).await, what);
    }
}

async fn refused_claims(change: impl Fn(&mut Value), what: &str) {
    let mut claims = claims("ann");
    change(&mut claims);
    refused(&service(), what, &hs256(&json!({ "alg": "HS256", "typ": "JWT" }), &claims)).await;
}

async fn refused_header(header: Value) {
    refused(&service(), &header.to_string(), &hs256(&header, &claims("ann"))).await;
}

#[tokio::test]
async fn the_tokens_are_good_before_they_are_spoilt() {
    service().send(Ask::get("/").bearer(&hs256(&json!({ "alg": "HS256", "typ": "JWT" }), &claims("ann")))).await.is(200);
}

#[tokio::test]
async fn no_algorithm_is_no_signature() {
    for none in ["none", "None", "NONE", "nOnE", ""] {
        let message = unsigned(&json!({ "alg": none }).to_string(), &claims("ann").to_string());
        refused(&service(), none, &format!("{message}.")).await;
        refused(&service(), none, &format!("{message}.c2ln")).await;
        refused(&service(), none, &message).await;
        let signature = nobody("ann").rsplit('.').next().unwrap().to_owned();
        refused(&service(), none, &format!("{message}.{signature}")).await;
    }
}

#[tokio::test]
async fn the_public_key_is_no_secret() {
    const PUBLIC: &str = include_str!("../../runtime/src/authn/jwt/testdata/rsa2048_public.pem");
    let jwt = Jwt::new(ISSUER, AUDIENCE, JwtKey::rs256_pem(PUBLIC).unwrap());
    let service = Service::with_jwt(SecureRouter::new().route("/", get(inside)), jwt);
    for (name, algorithm) in [("HS256", Algorithm::HS256), ("HS384", Algorithm::HS384), ("HS512", Algorithm::HS512)] {
        for secret in [PUBLIC, PUBLIC.trim(), ""] {
            let header = json!({ "alg": name }).to_string();
            let token = signed(&header, &claims("ann").to_string(), &EncodingKey::from_secret(secret.as_bytes()), algorithm);
            refused(&service, name, &token).await;
        }
    }
}

#[tokio::test]
async fn another_algorithm_of_the_same_secret() {
    for (name, algorithm) in [("HS384", Algorithm::HS384), ("HS512", Algorithm::HS512)] {
        let key = EncodingKey::from_secret(SECRET);
        refused(&service(), name, &signed(&json!({ "alg": name }).to_string(), &claims("ann").to_string(), &key, algorithm))
            .await;
        // Signed with the right one, and said to be another.
        refused_header(json!({ "alg": name })).await;
    }
}

#[tokio::test]
async fn another_secret() {
    let key = EncodingKey::from_secret(b"another secret of the tests, as long as the first");
    refused(&service(), "secret", &signed(r#"{"alg":"HS256"}"#, &claims("ann").to_string(), &key, Algorithm::HS256)).await;
}

#[tokio::test]
async fn a_good_signature_over_something_else() {
    let (ann, eve) = (nobody("ann"), nobody("eve"));
    let (message, _) = ann.rsplit_once('.').unwrap();
    let (_, signature) = eve.rsplit_once('.').unwrap();
    let service = service();
    service.send(Ask::get("/").bearer(&eve)).await.is(200);
    refused(&service, "another's signature", &format!("{message}.{signature}")).await;
    for index in [ann.len() - 1, ann.len() / 2, 3] {
        let mut bytes = ann.clone().into_bytes();
        bytes[index] = if bytes[index] == b'A' { b'B' } else { b'A' };
        refused(&service, "one character changed", &String::from_utf8(bytes).unwrap()).await;
    }
    refused(&service, "cut short", &ann[..ann.len() - 1]).await;
    refused(&service, "padded", &format!("{ann}=")).await;
    refused(&service, "a fourth part", &format!("{ann}.e30")).await;
}

#[tokio::test]
async fn another_audience_or_none() {
    for audience in [
        json!("https://other.example.com"),
        json!(["a", "b"]),
        json!([]),
        json!(""),
        json!({}),
        json!(null),
        json!([AUDIENCE, 1]),
    ] {
        refused_claims(|claims| claims["aud"] = audience.clone(), &audience.to_string()).await;
    }
    refused_claims(|claims| drop(claims.as_object_mut().unwrap().remove("aud")), "no aud").await;
    refused_claims(|claims| claims["aud"] = json!(format!("{AUDIENCE}/")), "aud with a slash").await;
}

#[tokio::test]
async fn another_issuer_or_none() {
    for issuer in [
        json!("https://evil.example.com"),
        json!(7),
        json!([ISSUER]),
        json!(null),
        json!(format!("{ISSUER}/")),
        json!(ISSUER.to_uppercase()),
    ] {
        refused_claims(|claims| claims["iss"] = issuer.clone(), &issuer.to_string()).await;
    }
    refused_claims(|claims| drop(claims.as_object_mut().unwrap().remove("iss")), "no iss").await;
}

#[tokio::test]
async fn expired_at_the_exact_second_or_never_or_by_a_string() {
    for expiry in [
        json!(NOW),
        json!(NOW - 1),
        json!(0),
        json!(-1),
        json!((NOW + LIFETIME).to_string()),
        json!(null),
        json!([NOW + LIFETIME]),
        json!("never"),
    ] {
        refused_claims(|claims| claims["exp"] = expiry.clone(), &expiry.to_string()).await;
    }
    refused_claims(|claims| drop(claims.as_object_mut().unwrap().remove("exp")), "no exp").await;
}

#[tokio::test]
async fn not_yet_valid_even_by_a_second() {
    for start in [json!(NOW + 1), json!(u64::MAX), json!(NOW.to_string()), json!(null), json!(-1)] {
        refused_claims(|claims| claims["nbf"] = start.clone(), &start.to_string()).await;
    }
}

#[tokio::test]
async fn nobody_in_particular() {
    for subject in [json!(""), json!(null), json!(7), json!(["ann"])] {
        refused_claims(|claims| claims["sub"] = subject.clone(), &subject.to_string()).await;
    }
    refused_claims(|claims| drop(claims.as_object_mut().unwrap().remove("sub")), "no sub").await;
}

#[tokio::test]
async fn grants_of_the_wrong_type() {
    for roles in [json!("admin"), json!({ "admin": true }), json!([["admin"]]), json!([1]), json!(null)] {
        refused_claims(|claims| claims["roles"] = roles.clone(), &roles.to_string()).await;
    }
    refused_claims(|claims| claims["scope"] = json!({ "notes:write": true }), "scope").await;
}

#[tokio::test]
async fn extensions_that_must_be_understood() {
    refused_header(json!({ "alg": "HS256", "crit": ["exp"], "exp": 0 })).await;
    refused_header(json!({ "alg": "HS256", "crit": ["b64"], "b64": false })).await;
    refused_header(json!({ "alg": "HS256", "crit": [] })).await;
    refused_header(json!({ "alg": "HS256", "zip": "DEF" })).await;
    refused_header(json!({ "alg": "HS256", "enc": "A256GCM" })).await;
}

#[tokio::test]
async fn a_key_that_the_token_brings_along() {
    let own = EncodingKey::from_secret(b"the secret of the attacker, which is also long");
    let jwk = json!({ "kty": "oct", "k": "dGhlIHNlY3JldCBvZiB0aGUgYXR0YWNrZXIsIHdoaWNoIGlzIGFsc28gbG9uZw" });
    for header in [
        json!({ "alg": "HS256", "jwk": jwk }),
        json!({ "alg": "HS256", "jku": "http://127.0.0.1:1/keys" }),
        json!({ "alg": "HS256", "x5u": "http://127.0.0.1:1/cert" }),
        json!({ "alg": "HS256", "x5c": ["MIIB"] }),
    ] {
        refused(
            &service(),
            &header.to_string(),
            &signed(&header.to_string(), &claims("ann").to_string(), &own, Algorithm::HS256),
        )
        .await;
    }
}

#[tokio::test]
async fn a_key_id_is_a_name_and_nothing_else() {
    for kid in ["", "../../dev/null", "/dev/null", "1' OR '1'='1", "${jndi:ldap://127.0.0.1}", "\0", "|id", "http://127.0.0.1:1/"]
    {
        refused_header(json!({ "alg": "HS256", "kid": kid })).await;
    }
    for kid in [json!(1), json!(null), json!(["a"]), json!({})] {
        refused_header(json!({ "alg": "HS256", "kid": kid })).await;
    }
}

#[tokio::test]
async fn members_that_two_parsers_would_read_differently() {
    let key = EncodingKey::from_secret(SECRET);
    let good = claims("ann").to_string();
    for header in
        [r#"{"alg":"none","alg":"HS256"}"#, r#"{"alg":"HS256","alg":"none"}"#, "[]", "null", "{", r#"{"alg":"HS256"}{}"#]
    {
        refused(&service(), header, &signed(header, &good, &key, Algorithm::HS256)).await;
    }
    let twice = good.replacen('{', r#"{"sub":"root","#, 1);
    let late = good.replacen('{', r#"{"exp":99999999999,"#, 1);
    for claims in [twice.as_str(), &late, "[]", "null", "\"ann\"", "", "{", &format!("{good}{good}")] {
        refused(&service(), claims, &signed(r#"{"alg":"HS256"}"#, claims, &key, Algorithm::HS256)).await;
    }
}

#[tokio::test]
async fn tokens_for_another_use() {
    for media_type in ["dpop+jwt", "logout+jwt", "secevent+jwt", "JWE"] {
        refused_header(json!({ "alg": "HS256", "typ": media_type })).await;
    }
    refused_claims(|claims| claims["cnf"] = json!({ "jkt": "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I" }), "bound to a key")
        .await;
}

#[tokio::test]
async fn a_token_of_a_megabyte_is_refused_before_it_is_decoded() {
    let mut huge = claims("ann");
    huge["padding"] = json!("x".repeat(1 << 20));
    refused(&service(), "1 MiB, well signed", &hs256(&json!({ "alg": "HS256" }), &huge)).await;
    for text in ["a".repeat(1 << 20), ".".repeat(1 << 20), format!("{}.a.b", "e30".repeat(350_000))] {
        refused(&service(), "1 MiB of rubbish", &text).await;
    }
}

#[tokio::test]
async fn the_length_of_a_token_is_bounded_exactly() {
    let token = nobody("ann");
    for (bound, expected) in [(token.len(), 200), (token.len() - 1, 401)] {
        let jwt = crate::support::jwt().max_token_bytes(bound);
        let service = Service::with_jwt(SecureRouter::new().route("/", get(inside)), jwt);
        assert_eq!(service.send(Ask::get("/").bearer(&token)).await.status, expected);
    }
}

#[tokio::test]
async fn a_token_is_read_from_one_place_only() {
    let token = nobody("ann");
    let service = service();
    for path in [format!("/?access_token={token}"), format!("/?token={token}"), format!("/?jwt={token}")] {
        service.send(Ask::get(&path)).await.is_denied(401, "no-credentials");
    }
    for name in ["x-access-token", "x-authorization", "proxy-authorization", "x-auth-token"] {
        service.send(Ask::get("/").header(name, format!("Bearer {token}"))).await.is_denied(401, "no-credentials");
    }
    service
        .send(Ask::get("/").header("cookie", format!("access_token={token}; Authorization=Bearer {token}")))
        .await
        .is_denied(401, "no-credentials");
}
