//! Tokens, good and forged.

use super::{AUDIENCE, ISSUER, NOW, SECRET};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey, crypto};
use serde_json::{Value, json};

/// How long the tokens of the tests hold, in seconds.
pub(crate) const LIFETIME: u64 = 900;

/// A good token of the subject, with roles and scopes.
pub(crate) fn token(subject: &str, roles: &[&str], scopes: &[&str]) -> String {
    let mut claims = claims(subject);
    claims["roles"] = json!(roles);
    claims["scope"] = json!(scopes.join(" "));
    hs256(&json!({ "alg": "HS256", "typ": "JWT" }), &claims)
}

pub(crate) fn user(subject: &str) -> String {
    token(subject, &["user"], &[])
}

pub(crate) fn admin(subject: &str) -> String {
    token(subject, &["admin"], &[])
}

/// Somebody who may do nothing.
pub(crate) fn nobody(subject: &str) -> String {
    token(subject, &[], &[])
}

/// The claims of a good token without grants, to be spoilt.
pub(crate) fn claims(subject: &str) -> Value {
    json!({ "iss": ISSUER, "aud": AUDIENCE, "sub": subject, "iat": NOW, "exp": NOW + LIFETIME })
}

/// A token of this header and these claims, signed with the secret that the service knows.
pub(crate) fn hs256(header: &Value, claims: &Value) -> String {
    signed(&header.to_string(), &claims.to_string(), &EncodingKey::from_secret(SECRET), Algorithm::HS256)
}

/// A token of any header and any claims, signed with any key.
pub(crate) fn signed(header: &str, claims: &str, key: &EncodingKey, algorithm: Algorithm) -> String {
    let message = unsigned(header, claims);
    let signature = crypto::sign(message.as_bytes(), key, algorithm).unwrap();
    format!("{message}.{signature}")
}

/// The first two parts of a token.
pub(crate) fn unsigned(header: &str, claims: &str) -> String {
    format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims))
}
