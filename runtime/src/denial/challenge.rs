//! The `WWW-Authenticate` challenges of a denial (RFC 6750 §3, RFC 9110 §11.6.1).
//! Precomputed for a realm, but for the one that names scopes.

use super::Denial;
use http::{HeaderMap, HeaderValue, header::WWW_AUTHENTICATE};

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
                if let Ok(value) = HeaderValue::try_from(text) {
                    headers.append(WWW_AUTHENTICATE, value);
                }
            }
            _ => {}
        }
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
