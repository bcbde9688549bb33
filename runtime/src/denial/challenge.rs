//! The `WWW-Authenticate` challenges of a denial (RFC 6750 §3, RFC 9110 §11.6.1, RFC 9470 §3).
//! Precomputed for a realm, but for those that say what an endpoint asks for.

use super::Denial;
use http::{HeaderMap, HeaderValue, header::WWW_AUTHENTICATE};
use std::fmt::Write as _;

/// The challenges of one realm.
#[derive(Clone, Debug)]
pub(crate) struct Challenges {
    /// The scheme that errors are told in: `Bearer`, which defines them, unless API keys are all that is accepted.
    scheme: &'static str,
    realm: String,
    schemes: Vec<HeaderValue>,
    invalid_request: HeaderValue,
    invalid_token: HeaderValue,
}

impl Challenges {
    /// The challenges of a realm, or `None` where the realm cannot be written as a quoted string.
    pub(crate) fn new(realm: &str, bearer: bool, api_key: bool) -> Option<Self> {
        // What RFC 9110 lets stand in a quoted string unescaped; a realm needs no more.
        let printable = |character: char| matches!(character, ' ' | '!' | '#'..='[' | ']'..='~');
        if !realm.chars().all(printable) {
            return None;
        }
        let value = |text: String| HeaderValue::try_from(text).ok();
        let scheme = if bearer || !api_key { "Bearer" } else { "ApiKey" };
        let mut schemes = Vec::new();
        if bearer || !api_key {
            schemes.push(value(format!("Bearer realm=\"{realm}\""))?);
        }
        if api_key {
            schemes.push(value(format!("ApiKey realm=\"{realm}\""))?);
        }
        Some(Self {
            invalid_request: value(format!("{scheme} realm=\"{realm}\", error=\"invalid_request\""))?,
            invalid_token: value(format!("{scheme} realm=\"{realm}\", error=\"invalid_token\""))?,
            scheme,
            realm: realm.to_owned(),
            schemes,
        })
    }

    /// Adds the challenges that the denial calls for.
    pub(crate) fn add(&self, denial: &Denial, headers: &mut HeaderMap) {
        match denial {
            Denial::NoCredentials => {
                for scheme in &self.schemes {
                    headers.append(WWW_AUTHENTICATE, scheme.clone());
                }
            }
            Denial::MalformedCredentials(_) => {
                headers.append(WWW_AUTHENTICATE, self.invalid_request.clone());
            }
            Denial::InvalidCredentials(_) => {
                headers.append(WWW_AUTHENTICATE, self.invalid_token.clone());
            }
            Denial::NotAllowed { scopes } if !scopes.is_empty() => {
                // The rule book lets only scope-token characters into a scope, so nothing here needs escaping.
                let Self { scheme, realm, .. } = self;
                let text = format!("{scheme} realm=\"{realm}\", error=\"insufficient_scope\", scope=\"{}\"", scopes.join(" "));
                append(headers, text);
            }
            Denial::StepUpNeeded { max_age, mfa } => append(headers, self.step_up(*max_age, *mfa)),
            _ => {}
        }
    }

    /// The challenge to log in again. It names no `acr_values`: those are contexts that the authorization server of the service
    /// defines, and `mfa` is a method (RFC 8176), so any value from here would be one that the server may not know.
    fn step_up(&self, max_age: Option<u64>, mfa: bool) -> String {
        let Self { scheme, realm, .. } = self;
        let mut text = format!("{scheme} realm=\"{realm}\", error=\"insufficient_user_authentication\"");
        if mfa {
            text.push_str(", error_description=\"a login with more than one factor is required\"");
        }
        if let Some(seconds) = max_age {
            let _ = write!(text, ", max_age={seconds}");
        }
        text
    }
}

/// What is appended has no character that a header cannot hold, so this always does what it says.
fn append(headers: &mut HeaderMap, text: String) {
    if let Ok(value) = HeaderValue::try_from(text) {
        headers.append(WWW_AUTHENTICATE, value);
    }
}

impl Default for Challenges {
    fn default() -> Self {
        Self {
            scheme: "Bearer",
            realm: "api".to_owned(),
            schemes: vec![HeaderValue::from_static("Bearer realm=\"api\"")],
            invalid_request: HeaderValue::from_static("Bearer realm=\"api\", error=\"invalid_request\""),
            invalid_token: HeaderValue::from_static("Bearer realm=\"api\", error=\"invalid_token\""),
        }
    }
}
