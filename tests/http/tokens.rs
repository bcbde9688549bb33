//! Good tokens: every algorithm, the edges of their time to the second, and what a handler sees of them.

use crate::support::{
    AUDIENCE, Ask, ISSUER, NOW, SECRET, Service, jwt,
    token::{LIFETIME, claims, hs256, nobody, token},
};
use jsonwebtoken::{Algorithm, EncodingKey};
use portcullis::{
    jwt::{Jwt, JwtKey, Signer, SigningKey},
    prelude::*,
};
use serde_json::{Value, json};
use std::time::Duration;

#[secure(authenticated)]
async fn whoami(principal: Principal) -> String {
    let scopes: Vec<_> = principal.scopes().collect();
    format!("{} {scopes:?} {:?}", principal.subject(), principal.claim("tenant"))
}

fn router() -> SecureRouter {
    SecureRouter::new().route("/", get(whoami))
}

fn accepting(jwt: Jwt) -> Service {
    Service::with_jwt(router(), jwt)
}

async fn status(service: &Service, token: &str) -> u16 {
    service.send(Ask::get("/").bearer(token)).await.status.as_u16()
}

macro_rules! pem {
    ($name:literal) => {
        include_str!(concat!("../../runtime/src/authn/jwt/testdata/", $name, ".pem"))
    };
}

#[tokio::test]
async fn every_algorithm_signs_and_verifies_and_none_verifies_for_another() {
    let keys = [
        (Algorithm::HS256, JwtKey::hs256(SECRET).unwrap(), SigningKey::hs256(SECRET).unwrap()),
        (
            Algorithm::RS256,
            JwtKey::rs256_pem(pem!("rsa2048_public")).unwrap(),
            SigningKey::rs256_pem(pem!("rsa2048_private")).unwrap(),
        ),
        (
            Algorithm::PS256,
            JwtKey::ps256_pem(pem!("rsa2048_public")).unwrap(),
            SigningKey::ps256_pem(pem!("rsa2048_private")).unwrap(),
        ),
        (Algorithm::ES256, JwtKey::es256_pem(pem!("p256_public")).unwrap(), SigningKey::es256_pem(pem!("p256_private")).unwrap()),
        (
            Algorithm::EdDSA,
            JwtKey::eddsa_pem(pem!("ed25519_public")).unwrap(),
            SigningKey::eddsa_pem(pem!("ed25519_private")).unwrap(),
        ),
    ];
    for (accepted, key, _) in &keys {
        let service = accepting(Jwt::new(ISSUER, AUDIENCE, key.clone()));
        for (used, _, signing_key) in &keys {
            let signer = Signer::new(ISSUER, AUDIENCE, signing_key.clone()).clock(service.clock.clone());
            let token = signer.token("ann", Duration::from_secs(60)).sign().unwrap();
            let expected = if used == accepted { 200 } else { 401 };
            assert_eq!(status(&service, &token).await, expected, "{used:?} where {accepted:?} is accepted");
        }
    }
}

#[tokio::test]
async fn a_handler_sees_the_claims_of_the_application() {
    let mut claims = claims("ann");
    claims["tenant"] = json!("acme");
    claims["scope"] = json!("notes:write other");
    let service = Service::new(router());
    let answer = service.send(Ask::get("/").bearer(&hs256(&json!({ "alg": "HS256" }), &claims))).await;
    assert_eq!(answer.is(200).text, r#"ann ["notes:write", "other"] Some(String("acme"))"#);
}

#[tokio::test]
async fn the_scheme_is_read_in_any_case() {
    let service = Service::new(router());
    for scheme in ["Bearer", "bearer", "BEARER", "bEaReR"] {
        service.send(Ask::get("/").header("Authorization", format!("{scheme} {}", nobody("ann")))).await.is(200);
    }
}

#[tokio::test]
async fn a_token_holds_to_its_last_second_and_not_at_its_expiry_cached_or_not() {
    for jwt in [jwt(), jwt().cache_bytes(0)] {
        let service = accepting(jwt);
        let (seen, unseen) = (nobody("ann"), nobody("eve"));
        assert_eq!(status(&service, &seen).await, 200);
        service.advance(LIFETIME - 1);
        assert_eq!(status(&service, &seen).await, 200);
        service.advance(1);
        assert_eq!(status(&service, &seen).await, 401);
        assert_eq!(status(&service, &seen).await, 401);
        assert_eq!(status(&service, &unseen).await, 401);
    }
}

#[tokio::test]
async fn a_leeway_is_added_at_both_ends_and_not_a_second_more() {
    let service = accepting(jwt().leeway(Duration::from_secs(30)));
    let mut early = claims("ann");
    early["nbf"] = json!(NOW + 31);
    let early = hs256(&json!({ "alg": "HS256" }), &early);
    assert_eq!(status(&service, &early).await, 401);
    service.advance(1);
    assert_eq!(status(&service, &early).await, 200);
    service.advance(LIFETIME + 28);
    assert_eq!(status(&service, &early).await, 200);
    service.advance(1);
    assert_eq!(status(&service, &early).await, 401);
}

#[tokio::test]
async fn a_token_is_not_good_before_its_time() {
    let service = Service::new(router());
    let mut future = claims("ann");
    future["nbf"] = json!(NOW + 10);
    let future = hs256(&json!({ "alg": "HS256" }), &future);
    assert_eq!(status(&service, &future).await, 401);
    service.advance(9);
    assert_eq!(status(&service, &future).await, 401);
    service.advance(1);
    assert_eq!(status(&service, &future).await, 200);
}

#[tokio::test]
async fn an_audience_can_be_one_of_several() {
    let service = Service::new(router());
    let header = json!({ "alg": "HS256" });
    let with = |audience: Value| {
        let mut claims = claims("ann");
        claims["aud"] = audience;
        hs256(&header, &claims)
    };
    assert_eq!(status(&service, &with(json!([AUDIENCE]))).await, 200);
    assert_eq!(status(&service, &with(json!(["https://other.example.com", AUDIENCE]))).await, 200);
    assert_eq!(status(&service, &with(json!([]))).await, 401);
}

#[tokio::test]
async fn keys_rotate_by_their_names() {
    let (old, new) = ([1_u8; 32], [2_u8; 32]);
    let key = |secret: [u8; 32], id| JwtKey::hs256(secret).unwrap().with_id(id);
    let service = accepting(Jwt::new(ISSUER, AUDIENCE, key(old, "old")).key(key(new, "new")));
    let signed = |secret: &[u8], header: Value| {
        let claims = claims("ann").to_string();
        crate::support::token::signed(&header.to_string(), &claims, &EncodingKey::from_secret(secret), Algorithm::HS256)
    };
    assert_eq!(status(&service, &signed(&old, json!({ "alg": "HS256", "kid": "old" }))).await, 200);
    assert_eq!(status(&service, &signed(&new, json!({ "alg": "HS256", "kid": "new" }))).await, 200);
    assert_eq!(status(&service, &signed(&old, json!({ "alg": "HS256" }))).await, 200);
    assert_eq!(status(&service, &signed(&new, json!({ "alg": "HS256" }))).await, 200);
    assert_eq!(status(&service, &signed(&old, json!({ "alg": "HS256", "kid": "new" }))).await, 401);
    assert_eq!(status(&service, &signed(&old, json!({ "alg": "HS256", "kid": "older" }))).await, 401);
}

#[tokio::test]
async fn access_tokens_only_refuses_tokens_for_other_uses() {
    let service = accepting(jwt().access_tokens_only());
    let mut full = claims("ann");
    full["jti"] = json!("1");
    full["client_id"] = json!("app");
    for (media_type, expected) in
        [("at+jwt", 200), ("application/at+jwt", 200), ("AT+JWT", 200), ("JWT", 401), ("logout+jwt", 401)]
    {
        assert_eq!(
            status(&service, &hs256(&json!({ "alg": "HS256", "typ": media_type }), &full)).await,
            expected,
            "{media_type}"
        );
    }
    assert_eq!(status(&service, &hs256(&json!({ "alg": "HS256" }), &full)).await, 401);
    for missing in ["jti", "client_id", "iat"] {
        let mut claims = full.clone();
        claims.as_object_mut().unwrap().remove(missing);
        assert_eq!(status(&service, &hs256(&json!({ "alg": "HS256", "typ": "at+jwt" }), &claims)).await, 401, "{missing}");
    }
}

#[tokio::test]
async fn roles_can_stand_elsewhere_in_the_token() {
    #[secure(role = "admin")]
    async fn admins() {}
    let jwt = jwt().roles_claim("realm_access.roles");
    let service = Service::with_jwt(SecureRouter::new().route("/", get(admins)), jwt);
    let mut claims = claims("ann");
    claims["realm_access"] = json!({ "roles": ["admin"] });
    assert_eq!(status(&service, &hs256(&json!({ "alg": "HS256" }), &claims)).await, 200);
    assert_eq!(status(&service, &token("ann", &["admin"], &[])).await, 403, "the usual place is not looked at");
}

#[tokio::test]
async fn two_tokens_of_one_subject_do_not_share_grants() {
    #[secure(role = "admin")]
    async fn admins() {}
    let service = Service::new(SecureRouter::new().route("/", get(admins)));
    for _ in 0..2 {
        assert_eq!(status(&service, &token("ann", &["admin"], &[])).await, 200);
        assert_eq!(status(&service, &token("ann", &["user"], &[])).await, 403);
    }
}
