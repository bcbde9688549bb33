//! The security schemes of a service, and what an endpoint asks of them.
//! A caller brings one credential: a token or an API key, so that each scheme is an alternative.

use super::{requirement, settings::OpenApi};
use crate::authn::Schemes;
use portcullis_policy::{Policy, RuleBook};
use serde_json::{Map, Value, json};

/// The schemes that a service accepts, by the names that they have in the document.
#[derive(Debug)]
pub(super) struct Accepted {
    bearer: Option<&'static str>,
    api_key: Option<&'static str>,
}

impl Accepted {
    pub(super) fn of(schemes: &Schemes, about: &OpenApi) -> Self {
        let bearer = if about.password_flow.is_some() { "oauth2" } else { "bearer" };
        Self { bearer: schemes.has_bearer().then_some(bearer), api_key: schemes.has_api_keys().then_some("apiKey") }
    }

    /// The components: what each scheme is.
    pub(super) fn components(&self, about: &OpenApi, book: &RuleBook) -> Map<String, Value> {
        let mut components = Map::new();
        if let Some(name) = self.bearer {
            let description = "JSON Web Tokens, verified after RFC8725.";
            let scheme = match &about.password_flow {
                Some(url) => {
                    let scopes: Map<String, Value> =
                        book.scopes().iter().map(|scope| (scope.name().to_owned(), scope.meaning().into())).collect();
                    json!({
                        "type": "oauth2",
                        "description": description,
                        "flows": { "password": { "tokenUrl": url, "scopes": scopes } },
                    })
                }
                None => json!({ "type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": description }),
            };
            components.insert(name.to_owned(), scheme);
        }
        if let Some(name) = self.api_key {
            let scheme = json!({ "type": "apiKey", "in": "header", "name": "X-Api-Key", "description": "A key that the owner of the service gave out." });
            components.insert(name.to_owned(), scheme);
        }
        components
    }

    /// What a policy asks for: alternatives, of which each wants its scopes together.
    pub(super) fn wanted(&self, policy: &Policy, may_ask_who: bool) -> Vec<Value> {
        // An API key is no login, so none is fresh.
        let api_key = self.api_key.filter(|_| policy.step_up_needed().is_none());
        let with = |scopes: &[&'static str]| -> Vec<Value> {
            let names = self.bearer.into_iter().chain(api_key);
            names.map(|name| Value::Object(Map::from_iter([(name.to_owned(), json!(scopes))]))).collect()
        };
        if policy.access().is_public() {
            return if may_ask_who { [json!({})].into_iter().chain(with(&[])).collect() } else { Vec::new() };
        }
        requirement::alternatives(policy.access()).iter().flat_map(|scopes| with(scopes)).collect()
    }
}
