//! The traps that a verifier of tokens can fall into, each a test of its name.
//! Here are the tokens and keys that they share; the PEM files in `testdata/` are for these tests only.

mod cached;
mod claims;
mod headers;
mod keys;
mod signing;

use super::{Jwt, JwtKey, SigningKey};
use crate::{Denial, principal::Principal};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use portcullis_policy::{Mask, Role, RuleBook, Scope};
use serde_json::{Value, json};
use std::time::Duration;

pub(super) const SECRET: &str = "a secret of at least thirty-two bytes";
pub(super) const ISSUER: &str = "https://id.example.com";
pub(super) const AUDIENCE: &str = "https://api.example.com";
pub(super) const NOW: Duration = Duration::from_secs(1_000_000);

pub(super) static RULE_BOOK: RuleBook = RuleBook::new(
    1,
    &[
        Role::new("admin", Mask::from_words([1, 0, 0, 0]), Mask::from_words([1, 0, 0, 0])),
        Role::new("user", Mask::from_words([2, 0, 0, 0]), Mask::from_words([3, 0, 0, 0])),
    ],
    &[Scope::new("reports:read", "Read the reports", Mask::from_words([4, 0, 0, 0]))],
);

pub(super) fn key() -> JwtKey {
    JwtKey::hs256(SECRET).unwrap()
}

pub(super) fn signing_key() -> SigningKey {
    SigningKey::hs256(SECRET).unwrap()
}

pub(super) fn jwt() -> Jwt {
    Jwt::new(ISSUER, AUDIENCE, key())
}

/// Claims that hold at `NOW`.
pub(super) fn good_claims() -> Value {
    json!({ "iss": ISSUER, "aud": AUDIENCE, "sub": "alice", "exp": NOW.as_secs() + 60 })
}

/// Good claims, but for these.
pub(super) fn claims_with(changes: Value) -> Value {
    let mut claims = good_claims();
    for (name, value) in changes.as_object().unwrap() {
        claims[name] = value.clone();
    }
    claims
}

/// Good claims without one.
pub(super) fn claims_without(name: &str) -> Value {
    let mut claims = good_claims();
    claims.as_object_mut().unwrap().remove(name);
    claims
}

/// A token of exactly these texts, properly signed.
pub(super) fn signed(header: &str, claims: &str, key: &SigningKey) -> String {
    let message = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims));
    let signature = key.sign(message.as_bytes()).unwrap();
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature))
}

/// A token of these claims under the plainest header.
pub(super) fn token(claims: &Value) -> String {
    signed(r#"{"alg":"HS256"}"#, &claims.to_string(), &signing_key())
}

pub(super) fn authenticate(jwt: &Jwt, token: &str) -> Result<Principal, Denial> {
    jwt.authenticate(token, NOW, &RULE_BOOK)
}

#[track_caller]
pub(super) fn accepted(jwt: &Jwt, token: &str) -> Principal {
    authenticate(jwt, token).expect("the token should be accepted")
}

/// Refused for a reason that contains these words, twice: what was refused is not remembered as good.
#[track_caller]
pub(super) fn refused(jwt: &Jwt, token: &str, words: &str) {
    for _ in 0..2 {
        match authenticate(jwt, token) {
            Err(Denial::InvalidCredentials(reason)) => assert!(reason.contains(words), "`{reason}` has no `{words}`"),
            other => panic!("{other:?}"),
        }
    }
}
