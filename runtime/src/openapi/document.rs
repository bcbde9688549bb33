//! The document: every operation of a router at its path, and the components that they refer to.
//! In the order of paths and methods, whatever the order in which the router was put together.

use super::{
    description::Description,
    names::operation_ids,
    operation::{ROOT, Subject, operation, tag},
    path::{Template, template},
    problems::{PROBLEM, header_components, problem_schema},
    schemas::{Schemas, plain_numbers, referred},
    schemes::Accepted,
    settings::OpenApi,
    sketch::Sketch,
};
use crate::security::Core;
use bytes::Bytes;
use http::HeaderValue;
use portcullis_policy::{Policy, Route};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

/// An endpoint that is to be described.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Described<'a> {
    pub(crate) route: &'a Route,
    pub(crate) policy: &'static Policy,
    pub(crate) description: &'static Description,
}

impl Described<'_> {
    /// Whether the handler takes the document.
    pub(crate) fn wants_document(&self) -> bool {
        let mut schemas = Schemas::new();
        let mut sketch = Sketch::new(&mut schemas);
        self.description.draw(&mut sketch);
        sketch.wants_document
    }
}

/// The document of a router, as it is served.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Document {
    value: Value,
    json: Bytes,
    etag: HeaderValue,
}

/// The methods that OpenAPI can describe, in the order of their names.
const METHODS: [&str; 8] = ["delete", "get", "head", "options", "patch", "post", "put", "trace"];

impl Document {
    /// Describes the endpoints under a configuration. `unsecured` has the prefixes under which no policy guards, with the reasons.
    pub(crate) fn build(about: &OpenApi, endpoints: &[Described<'_>], unsecured: &[(&str, &str)], core: &Core) -> Self {
        let accepted = Accepted::of(&core.schemes, about);
        let (places, undescribed) = places(endpoints);
        let ids = operation_ids(&places.iter().map(|place| (place.policy.name(), place.method)).collect::<Vec<_>>());

        let mut schemas = Schemas::new();
        let mut paths: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
        for (place, id) in places.iter().zip(&ids) {
            let Place { method, template, policy, description } = place;
            let subject = Subject { method, template, policy, description, id };
            let operation = operation(subject, &mut schemas, core, &accepted);
            paths.entry(&template.path).or_default().insert((*method).to_owned(), operation);
        }
        let tags: BTreeSet<String> = paths.keys().map(|path| tag(path)).collect();

        let mut document = json!({
            "openapi": "3.1.0",
            "info": about.info(),
            "servers": about.servers(),
            "tags": tags.iter().map(|name| tag_object(name, about)).collect::<Vec<_>>(),
            "paths": paths,
        });
        let components = schemas.settle(&[PROBLEM]);
        components.refer(&mut document);
        plain_numbers(&mut document);
        let mut all = components.schemas;
        all.insert(PROBLEM.to_owned(), problem_schema());
        let schemas = needed(&document, all);
        let headers = used_headers(&document);
        if let Some(document) = document.as_object_mut() {
            let schemes = accepted.components(about, core.rule_book);
            let parts = [("schemas", schemas), ("headers", headers), ("securitySchemes", schemes)];
            let parts: Map<String, Value> = parts
                .into_iter()
                .filter(|(_, part)| !part.is_empty())
                .map(|(name, part)| (name.to_owned(), part.into()))
                .collect();
            document.insert("components".to_owned(), parts.into());
            if !unsecured.is_empty() {
                let doors = unsecured.iter().map(|(prefix, reason)| json!({ "prefix": prefix, "reason": reason }));
                document.insert("x-portcullis-unsecured".to_owned(), doors.collect());
            }
            if !undescribed.is_empty() {
                document.insert("x-portcullis-undescribed".to_owned(), json!(undescribed));
            }
        }
        Self::of(document)
    }

    fn of(value: Value) -> Self {
        let json = Bytes::from(value.to_string());
        let mut tag = String::from("\"");
        for byte in Sha256::digest(&json).iter().take(16) {
            // A string takes whatever is written to it.
            let _ = write!(tag, "{byte:02x}");
        }
        tag.push('"');
        // Hexadecimal digits in quotes are a header value.
        let etag = HeaderValue::try_from(tag).unwrap_or_else(|_| HeaderValue::from_static("\"\""));
        Self { value, json, etag }
    }

    /// The document, compact.
    pub(crate) fn json(&self) -> &Bytes {
        &self.json
    }

    /// The strong tag of exactly these bytes.
    pub(crate) fn etag(&self) -> &HeaderValue {
        &self.etag
    }

    pub(crate) fn value(&self) -> &Value {
        &self.value
    }
}

/// One method of one path.
struct Place {
    method: &'static str,
    template: Template,
    policy: &'static Policy,
    description: &'static Description,
}

/// The operations in the order of the document, and what is routed and no operation.
fn places(endpoints: &[Described<'_>]) -> (Vec<Place>, BTreeSet<String>) {
    let (mut places, mut undescribed) = (Vec::new(), BTreeSet::new());
    for Described { route, policy, description } in endpoints {
        let Route::Path { methods, path } = route else { continue };
        for routed in methods {
            let named: Vec<&str> =
                METHODS.into_iter().filter(|method| *routed == "*" || method.eq_ignore_ascii_case(routed)).collect();
            if named.is_empty() {
                undescribed.insert(format!("{routed} {path}"));
            }
            places.extend(named.into_iter().map(|method| Place { method, template: template(path), policy, description }));
        }
    }
    places.sort_by(|one, other| {
        (&one.template.path, one.method, one.policy.name()).cmp(&(&other.template.path, other.method, other.policy.name()))
    });
    (places, undescribed)
}

fn tag_object(name: &str, about: &OpenApi) -> Value {
    let description = about.tags.get(name).cloned().unwrap_or_else(|| match name {
        ROOT => "Endpoints at the root.".to_owned(),
        name => format!("Endpoints about `{name}`."),
    });
    json!({ "name": name, "description": description })
}

/// The schemas that something refers to.
fn needed(document: &Value, mut all: Map<String, Value>) -> Map<String, Value> {
    let mut needed = Map::new();
    let mut wanted: Vec<String> = referred(document).into_iter().collect();
    while let Some(name) = wanted.pop() {
        if let Some(schema) = all.remove(&name) {
            wanted.extend(referred(&schema));
            needed.insert(name, schema);
        }
    }
    // In the order of their names, whatever the order in which they were wanted.
    needed.into_iter().collect::<BTreeMap<_, _>>().into_iter().collect()
}

fn used_headers(document: &Value) -> Map<String, Value> {
    let text = document.to_string();
    let is_used = |name: &str| text.contains(&format!("\"#/components/headers/{name}\""));
    header_components().into_iter().filter(|(name, _)| is_used(name)).collect()
}
