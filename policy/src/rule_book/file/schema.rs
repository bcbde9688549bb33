//! The JSON schema of `security.toml`, from the same rows that read it. Editors complete the file with it and underline what is wrong.

use super::{
    defaults,
    keys::{Group, Kind, Section, Words},
    require, rule,
};
use crate::{Selector, StepUp};
use serde_json::{Map, Value, json};

/// The JSON schema (2020-12) of a `security.toml`, as it is committed beside this crate.
///
/// An editor finds it by `#:schema <where it is>` in the first line of the file. It knows every key and the type of its value; what only
/// the whole file can tell, such as whether a role is declared, the reader says.
///
/// ```
/// assert!(portcullis_policy::schema().contains("rate_at_most"));
/// ```
#[must_use]
pub fn schema() -> String {
    let names = json!({ "pattern": NAME });
    let roles = json!({
        "description": "A role and the roles it includes.",
        "type": "object",
        "propertyNames": names,
        "additionalProperties": { "type": "array", "items": { "type": "string" }, "uniqueItems": true },
    });
    let scopes = json!({
        "description": "A scope and what it means.",
        "type": "object",
        "propertyNames": names,
        "additionalProperties": { "type": "string", "pattern": "\\S" },
    });
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Rule book of Portcullis",
        "description": "The roles, scopes and house rules that every endpoint is held to.",
        "type": "object",
        "properties": {
            "roles": roles,
            "scopes": scopes,
            "defaults": section::<defaults::Written>(),
            "require": section::<require::Written>(),
            "rule": { "description": "House rules.", "type": "array", "items": section::<rule::Written>() },
        },
        "additionalProperties": false,
    });
    format!("{schema:#}\n")
}

/// The characters of the name of a role or a scope.
const NAME: &str = r#"^[!#-\[\]-~]+$"#;

const RATE: &str = r"^\s*[0-9]+/[0-9]*[a-z]+(\s+(per\s+(ip|principal|global)|burst\s+[0-9]+))*\s*$";
const SIZE: &str = r"^\s*[0-9]+\s*(B|bytes?|kB|KB|KiB|MB|MiB|GB|GiB)\s*$";
const TIME: &str = r"^\s*[0-9]+\s*(ms|milliseconds?|s|sec|seconds?|min|minutes?|h|hours?|d|days?)\s*$";
const PATH: &str = r"^/($|([^/{}*:][^/{}*]*|\*{1,2})(/([^/{}*:][^/{}*]*|\*{1,2}))*$)";
const HANDLER: &str = r"^(([^\s:./*]+|\*{1,2})(::([^\s:./*]+|\*{1,2}))*)$";
const ENDPOINT: &str = r"^[^\s:./*]+(::[^\s:./*]+)*$";

/// A table whose keys are fixed.
fn section<T: Section>() -> Value {
    let mut properties = Map::new();
    for key in T::KEYS {
        let mut value = value(&key.kind);
        if let Some(schema) = value.as_object_mut() {
            schema.insert("description".to_owned(), key.about.into());
        }
        properties.insert(key.name.to_owned(), value);
    }
    let names = |group| T::KEYS.iter().filter(move |key| key.group == group).map(|key| key.name);
    let one_of = |group| -> Option<Value> {
        let any: Vec<Value> = names(group).map(|name| json!({ "required": [name] })).collect();
        (!any.is_empty()).then(|| json!({ "anyOf": any }))
    };
    let mut schema = json!({
        "description": T::ABOUT,
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    });
    let all: Vec<Value> = [one_of(Group::Selector), one_of(Group::Demand)].into_iter().flatten().collect();
    let required: Vec<&str> = names(Group::Required).collect();
    if let Some(schema) = schema.as_object_mut() {
        if !required.is_empty() {
            schema.insert("required".to_owned(), required.into());
        }
        if !all.is_empty() {
            schema.insert("allOf".to_owned(), all.into());
        }
    }
    schema
}

/// What the value of a key looks like.
fn value<T>(kind: &Kind<T>) -> Value {
    let text = |pattern: &str| json!({ "type": "string", "pattern": pattern });
    let list = |items: Value| json!({ "type": "array", "items": items, "minItems": 1, "uniqueItems": true });
    match kind {
        Kind::True(_) => json!({ "const": true }),
        Kind::Switch(_) => json!({ "type": "boolean" }),
        Kind::Line(_) => json!({ "type": "string", "pattern": r"^[^\s`]([^\n`]*[^\s`])?$", "maxLength": 80 }),
        Kind::Role(_) | Kind::Scope(_) => text(NAME),
        Kind::Rate(_) => text(RATE),
        Kind::Rates(_) => json!({ "anyOf": [text(RATE), list(text(RATE))] }),
        Kind::Size(..) => text(SIZE),
        Kind::Time(..) => text(TIME),
        Kind::StepUp(_) => section::<StepUp>(),
        Kind::Words(Words::Paths, _) => list(text(PATH)),
        Kind::Words(Words::Handlers, _) => list(text(HANDLER)),
        Kind::Words(Words::Methods, _) => list(json!({ "enum": Selector::METHODS })),
        Kind::Endpoints(_) => json!({ "type": "array", "items": text(ENDPOINT), "uniqueItems": true }),
    }
}
