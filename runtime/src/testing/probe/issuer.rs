//! The issuer whose tokens the service under probe accepts: its key is random, and nobody else has it.
//! It makes the flawed tokens, too.

use super::oracle::{Credentials, Flaw, Holder};
use crate::jwt::{Jwt, JwtKey, KeyError, SigningKey};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use std::time::Duration;

const ISSUER: &str = "https://issuer.portcullis-probe.invalid";
const AUDIENCE: &str = "https://audience.portcullis-probe.invalid";

/// How long a token holds, in seconds.
pub(super) const LIFETIME: u64 = 300;

/// Issues the tokens of the probe.
pub(super) struct Issuer {
    key: [u8; 32],
    signing: SigningKey,
    /// A key that the service does not know.
    foreign: SigningKey,
}

impl Issuer {
    /// An issuer with a fresh key, or `None` where the operating system has no random numbers.
    pub(super) fn new() -> Option<Self> {
        let key = random()?;
        Some(Self { key, signing: SigningKey::hs256(key).ok()?, foreign: SigningKey::hs256(random()?).ok()? })
    }

    /// What accepts the tokens.
    pub(super) fn jwt(&self) -> Result<Jwt, KeyError> {
        Ok(Jwt::new(ISSUER, AUDIENCE, JwtKey::hs256(self.key)?))
    }

    /// The values of the `Authorization` headers that present these credentials at this time since 1970.
    pub(super) fn authorizations(&self, credentials: &Credentials, now: Duration) -> Vec<String> {
        let good = |holder: &Holder| format!("Bearer {}", self.token(claims(holder, now), &self.signing));
        match credentials {
            Credentials::None => Vec::new(),
            Credentials::Two(holder) => vec![good(holder), good(holder)],
            // To the letter the token that was good all the time.
            Credentials::Flawed(holder, Flaw::Expired) => {
                let issued_at = now.saturating_sub(Duration::from_secs(LIFETIME));
                vec![format!("Bearer {}", self.token(claims(holder, issued_at), &self.signing))]
            }
            Credentials::Flawed(holder, flaw) => vec![format!("Bearer {}", self.flawed(claims(holder, now), *flaw, now))],
            Credentials::Token(holder) => vec![good(holder)],
        }
    }

    fn flawed(&self, mut claims: Value, flaw: Flaw, now: Duration) -> String {
        let mut set = |name: &str, value: Value| {
            if let Some(claims) = claims.as_object_mut() {
                claims.insert(name.to_owned(), value);
            }
        };
        match flaw {
            // Time is what is wrong with it, and nothing in it.
            Flaw::Expired => {}
            Flaw::NotYetValid => set("nbf", (now.as_secs() + 1).into()),
            Flaw::OtherAudience => set("aud", "https://elsewhere.portcullis-probe.invalid".into()),
            Flaw::OtherIssuer => set("iss", "https://somebody.portcullis-probe.invalid".into()),
            Flaw::OtherKey => return self.token(claims, &self.foreign),
            Flaw::Unsigned => return message(&json!({ "alg": "none" }), &claims) + ".",
            Flaw::Garbage => return "portcullis.probe.garbage".to_owned(),
        }
        self.token(claims, &self.signing)
    }

    fn token(&self, claims: Value, key: &SigningKey) -> String {
        let message = message(&json!({ "alg": "HS256", "typ": "JWT" }), &claims);
        // An HMAC over a text cannot fail. If it did, the service would refuse the token, and the probe would say so.
        let signature = key.sign(message.as_bytes()).unwrap_or_default();
        format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature))
    }
}

fn claims(holder: &Holder, now: Duration) -> Value {
    let now = now.as_secs();
    let mut claims = json!({
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": holder.subject,
        "iat": now,
        "exp": now + LIFETIME,
        "roles": Vec::from_iter(holder.grants.roles()),
        "scope": Vec::from_iter(holder.grants.scopes()).join(" "),
        "amr": if holder.two_factors { ["pwd", "mfa"].as_slice() } else { &["pwd"] },
    });
    if let (Some(age), Some(claims)) = (holder.login_age, claims.as_object_mut()) {
        claims.insert("auth_time".to_owned(), now.saturating_sub(age).into());
    }
    claims
}

fn message(header: &Value, claims: &Value) -> String {
    let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}", encode(header), encode(claims))
}

fn random() -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    aws_lc_rs::rand::fill(&mut bytes).ok().map(|()| bytes)
}
