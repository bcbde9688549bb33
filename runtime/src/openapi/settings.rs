//! What the owner of a service says of it: title, version, and where clients log in.
//! Everything else in the document follows from the endpoints.

use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The title and version of a service, for its OpenAPI document: [`SecureRouter::openapi`](crate::SecureRouter::openapi).
///
/// ```
/// use portcullis::OpenApi;
///
/// let about = OpenApi::new("Orders", "1.4")
///     .description("What customers ordered, and what became of it.")
///     .contact("The orders team", "https://example.com/orders")
///     .license("Apache-2.0")
///     .server("https://orders.example.com", "Production")
///     .password_flow("/token");
/// ```
#[derive(Clone, Debug)]
#[must_use = "it does nothing until a router has it"]
pub struct OpenApi {
    info: Map<String, Value>,
    servers: Vec<Value>,
    pub(super) tags: BTreeMap<String, String>,
    pub(super) password_flow: Option<String>,
}

impl OpenApi {
    /// A document with this title, of this version of the service.
    pub fn new(title: &str, version: &str) -> Self {
        let mut about = Self { info: Map::new(), servers: Vec::new(), tags: BTreeMap::new(), password_flow: None };
        about.say("title", title.into());
        about.say("version", version.into());
        about
    }

    /// What the service is for, in Markdown.
    pub fn description(mut self, text: &str) -> Self {
        self.say("description", text.into());
        self
    }

    /// Whom to ask about it, and the address of their page.
    pub fn contact(mut self, name: &str, url: &str) -> Self {
        self.say("contact", json!({ "name": name, "url": url }));
        self
    }

    /// The licence of the interface, as an [SPDX](https://spdx.org/licenses/) expression.
    pub fn license(mut self, spdx: &str) -> Self {
        self.say("license", json!({ "name": spdx, "identifier": spdx }));
        self
    }

    /// Where the service is, and what is there, such as `Production`. More than one may be named; with none, it is where the document
    /// is.
    pub fn server(mut self, url: &str, description: &str) -> Self {
        self.servers.push(json!({ "url": url, "description": description, "x-internal": false }));
        self
    }

    /// What the endpoints under a tag have in common. The tag of an endpoint is the first word of its path: `users` for
    /// `/api/v1/users/{id}`.
    pub fn tag(mut self, name: &str, description: &str) -> Self {
        self.tags.insert(name.to_owned(), description.to_owned());
        self
    }

    /// Says that tokens come from this endpoint, for a name and a password (OAuth 2.0, RFC 6749 §4.3): tools can log in then.
    pub fn password_flow(mut self, token_url: &str) -> Self {
        self.password_flow = Some(token_url.to_owned());
        self
    }

    pub(super) fn info(&self) -> Value {
        Value::Object(self.info.clone())
    }

    pub(super) fn servers(&self) -> Vec<Value> {
        match self.servers.is_empty() {
            true => {
                vec![
                    json!({ "url": "/", "description": "The environment, local or production, that this document is from.", "x-internal": false }),
                ]
            }
            false => self.servers.clone(),
        }
    }

    /// Whatever the document would be wrong with.
    pub(crate) fn problems(&self) -> Vec<String> {
        let empty = |key: &str| self.info.get(key).and_then(Value::as_str).is_some_and(|text| text.trim().is_empty());
        let mut problems: Vec<String> = ["title", "version"]
            .into_iter()
            .filter(|key| empty(key))
            .map(|key| format!("the OpenAPI document has an empty {key}; write one in `OpenApi::new(title, version)`"))
            .collect();
        if self.password_flow.as_ref().is_some_and(|url| url.parse::<http::Uri>().is_err()) {
            problems.push("`password_flow` takes the address of the endpoint that gives tokens, such as `/token`".to_owned());
        }
        problems
    }

    fn say(&mut self, key: &str, value: Value) {
        self.info.insert(key.to_owned(), value);
    }
}
