//! The claims of a token whose signature holds (RFC 7519 §4, RFC 9068 §2.2): what must be there, and who it makes the caller.
//! Every type is checked, because a claim of another type is one that nobody checked.

use crate::{
    authn::numeric_date,
    principal::{Details, Scheme},
};
use serde_json::{Map, Value};
use std::time::Duration;

/// The claims of RFC 7519 §4.1. They are spent here and not shown to handlers.
pub(super) const REGISTERED: [&str; 7] = ["iss", "sub", "aud", "exp", "nbf", "iat", "jti"];

/// What a token must say.
#[derive(Debug)]
pub(super) struct Rules {
    pub(super) issuer: String,
    pub(super) audience: String,
    pub(super) leeway: Duration,
    pub(super) access_tokens_only: bool,
    pub(super) roles_claim: String,
    /// `None` for `scope`, else `scp`.
    pub(super) scopes_claim: Option<String>,
}

/// The time in which a token holds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Validity {
    not_before: Option<Duration>,
    pub(super) expires_at: Duration,
}

impl Validity {
    /// Whether the token holds now: until the last moment before `exp`, from `nbf` on.
    pub(super) fn check(&self, now: Duration, leeway: Duration) -> Result<(), &'static str> {
        if now >= self.expires_at.saturating_add(leeway) {
            return Err("the token is expired");
        }
        match self.not_before {
            Some(not_before) if now.saturating_add(leeway) < not_before => Err("the token is not valid yet"),
            _ => Ok(()),
        }
    }
}

impl Rules {
    /// Checks all that the header says beyond the key: the media type (RFC 8725 §3.11), so that a token issued for another
    /// use (a logout token, a DPoP proof) is not taken for a credential.
    pub(super) fn check_media_type(&self, media_type: Option<&str>) -> Result<(), &'static str> {
        match media_type {
            Some("at+jwt") => Ok(()),
            _ if self.access_tokens_only => Err("`typ` is not `at+jwt`"),
            None | Some("jwt") => Ok(()),
            Some(_) => Err("`typ` is neither `JWT` nor `at+jwt`"),
        }
    }

    /// Reads the claims, all but the times of which are then settled for good.
    pub(super) fn read(&self, mut claims: Map<String, Value>) -> Result<(Details, Validity), &'static str> {
        let expires_at = time(&claims, "exp", "`exp` is not a number from 0 up")?.ok_or("`exp` is missing")?;
        let not_before = time(&claims, "nbf", "`nbf` is not a number from 0 up")?;
        let issued_at = time(&claims, "iat", "`iat` is not a number from 0 up")?;
        let issuer = text(&claims, "iss", "`iss` is not a string")?.ok_or("`iss` is missing")?;
        if issuer != self.issuer {
            return Err("`iss` is another issuer");
        }
        self.check_audience(claims.get("aud"))?;
        let subject = text(&claims, "sub", "`sub` is not a string")?.ok_or("`sub` is missing")?;
        if subject.is_empty() {
            return Err("`sub` is empty");
        }
        // RFC 9449 §7.2 and RFC 8705 §3: whoever stole such a token could use it if nobody asked for the key.
        if claims.contains_key("cnf") {
            return Err("the token is bound to a key of its holder, which is not supported");
        }
        let token_id = text(&claims, "jti", "`jti` is not a string")?;
        if self.access_tokens_only {
            let client = text(&claims, "client_id", "`client_id` is not a string")?;
            if issued_at.is_none() || token_id.is_none_or(str::is_empty) || client.is_none_or(str::is_empty) {
                return Err("an access token needs `iat`, `jti` and `client_id`");
            }
        }
        let details = Details {
            subject: subject.to_owned(),
            issuer: Some(self.issuer.clone()),
            scheme: Scheme::Jwt,
            roles: self.roles(&claims)?,
            scopes: self.scopes(&claims)?,
            expires_at: Some(expires_at),
            claims: {
                claims.retain(|name, _| !REGISTERED.contains(&name.as_str()));
                claims
            },
        };
        Ok((details, Validity { not_before, expires_at }))
    }

    fn check_audience(&self, audience: Option<&Value>) -> Result<(), &'static str> {
        let is_ours = match audience {
            None => return Err("`aud` is missing"),
            Some(Value::String(name)) => *name == self.audience,
            Some(Value::Array(names)) => strings(names).ok_or("`aud` is neither a string nor strings")?.contains(&self.audience),
            Some(_) => return Err("`aud` is neither a string nor strings"),
        };
        if is_ours { Ok(()) } else { Err("`aud` is another audience") }
    }

    fn roles(&self, claims: &Map<String, Value>) -> Result<Vec<String>, &'static str> {
        match find(claims, &self.roles_claim)? {
            None => Ok(Vec::new()),
            Some(Value::Array(names)) => strings(names).ok_or("the roles are not strings"),
            Some(_) => Err("the roles are not an array of strings"),
        }
    }

    fn scopes(&self, claims: &Map<String, Value>) -> Result<Vec<String>, &'static str> {
        let value = match &self.scopes_claim {
            Some(name) => find(claims, name)?,
            None => claims.get("scope").or_else(|| claims.get("scp")),
        };
        match value {
            None => Ok(Vec::new()),
            Some(Value::String(names)) => Ok(names.split(' ').filter(|name| !name.is_empty()).map(str::to_owned).collect()),
            Some(Value::Array(names)) => strings(names).ok_or("the scopes are not strings"),
            Some(_) => Err("the scopes are neither a string nor an array of strings"),
        }
    }
}

/// A claim by its whole name (`https://example.com/roles` is one) or else by a path of names (`realm_access.roles`).
fn find<'a>(claims: &'a Map<String, Value>, name: &str) -> Result<Option<&'a Value>, &'static str> {
    if let Some(value) = claims.get(name) {
        return Ok(Some(value));
    }
    let Some((parents, last)) = name.rsplit_once('.') else { return Ok(None) };
    let mut object = claims;
    for parent in parents.split('.') {
        object = match object.get(parent) {
            None => return Ok(None),
            Some(Value::Object(inner)) => inner,
            Some(_) => return Err("what should hold the roles or scopes is not an object"),
        };
    }
    Ok(object.get(last))
}

fn text<'a>(claims: &'a Map<String, Value>, name: &str, wrong: &'static str) -> Result<Option<&'a str>, &'static str> {
    match claims.get(name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(wrong),
    }
}

fn time(claims: &Map<String, Value>, name: &str, wrong: &'static str) -> Result<Option<Duration>, &'static str> {
    claims.get(name).map(|value| numeric_date(value).ok_or(wrong)).transpose()
}

fn strings(values: &[Value]) -> Option<Vec<String>> {
    values.iter().map(|value| value.as_str().map(str::to_owned)).collect()
}
