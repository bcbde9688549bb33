//! OpenAPI 3.0.3, for gateways and generators that read nothing newer: what 3.1 says, as far as 3.0 has words for it.
//! Schemas lose what JSON Schema has learnt since; nothing becomes stricter by it.

use schemars::{
    Schema,
    transform::{
        AddNullable, RecursiveTransform, RemoveRefSiblings, ReplaceBoolSchemas, ReplaceConstValue, ReplaceUnevaluatedProperties,
        SetSingleExample, Transform,
    },
};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// The document in the words of 3.0.3.
pub(super) fn downgraded(document: &Value) -> Value {
    let mut document = document.clone();
    // Only these have scopes in 3.0; to the others 3.1 lets us say what is wanted, and 3.0 does not.
    let schemes = document.pointer("/components/securitySchemes").and_then(Value::as_object).cloned().unwrap_or_default();
    let is_scoped = |scheme: &Value| scheme.get("type").is_some_and(|kind| kind == "oauth2" || kind == "openIdConnect");
    let scoped: BTreeSet<String> = schemes.into_iter().filter(|(_, scheme)| is_scoped(scheme)).map(|(name, _)| name).collect();
    walk(&mut document, &scoped);
    let Some(members) = document.as_object_mut() else { return document };
    members.insert("openapi".to_owned(), "3.0.3".into());
    if let Some(license) = members.get_mut("info").and_then(|info| info.get_mut("license")).and_then(Value::as_object_mut)
        && let Some(Value::String(name)) = license.remove("identifier")
    {
        // An expression of more than one licence has no page of its own, but the list of them has one.
        let page = if name.contains(' ') { String::new() } else { format!("{name}.html") };
        license.insert("url".to_owned(), format!("https://spdx.org/licenses/{page}").into());
    }
    if let Some(schemas) = members.get_mut("components").and_then(|parts| parts.get_mut("schemas")).and_then(Value::as_object_mut)
    {
        schemas.values_mut().for_each(older);
    }
    document
}

/// Rewrites every schema and every requirement outside of the named schemas.
fn walk(value: &mut Value, scoped: &BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| walk(item, scoped)),
        Value::Object(members) => {
            for (name, member) in members {
                match name.as_str() {
                    "schema" => older(member),
                    // Done where the names are known.
                    "schemas" => {}
                    "security" => without_scopes(member, scoped),
                    _ => walk(member, scoped),
                }
            }
        }
        _ => {}
    }
}

fn without_scopes(security: &mut Value, scoped: &BTreeSet<String>) {
    let alternatives = security.as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut);
    for (scheme, scopes) in alternatives.flatten() {
        if !scoped.contains(scheme) {
            *scopes = json!([]);
        }
    }
    // What differed by scopes only is one alternative now.
    if let Some(alternatives) = security.as_array_mut() {
        let mut kept: Vec<Value> = Vec::new();
        alternatives.retain(|alternative| {
            let is_new = !kept.contains(alternative);
            kept.push(alternative.clone());
            is_new
        });
    }
}

/// Rewrites a schema in the dialect of 3.0 (Schema Object of OpenAPI 3.0.3, after JSON Schema Wright Draft 00).
fn older(value: &mut Value) {
    let Ok(schema) = <&mut Schema>::try_from(value) else { return };
    ReplaceUnevaluatedProperties::default().transform(schema);
    let mut objects = ReplaceBoolSchemas::default();
    objects.skip_additional_properties = true;
    objects.transform(schema);
    RecursiveTransform(alternatives_of_types).transform(schema);
    AddNullable::default().transform(schema);
    RecursiveTransform(without_news).transform(schema);
    RemoveRefSiblings::default().transform(schema);
    SetSingleExample::default().transform(schema);
    ReplaceConstValue::default().transform(schema);
    RecursiveTransform(only_null).transform(schema);
}

/// `"type": ["string", "integer", "null"]` is `anyOf` of the types; with one type beside `null`, it becomes `nullable` later.
fn alternatives_of_types(schema: &mut Schema) {
    let Some(members) = schema.as_object_mut() else { return };
    let Some(Value::Array(kinds)) = members.get("type") else { return };
    if kinds.iter().filter(|kind| *kind != "null").count() < 2 {
        return;
    }
    let kinds: Vec<Value> = kinds.iter().map(|kind| json!({ "type": kind })).collect();
    members.remove("type");
    let one_of_them = json!({ "anyOf": kinds });
    if let Value::Array(all) = members.entry("allOf").or_insert_with(|| json!([])) {
        all.push(one_of_them);
    }
}

/// Takes out, or says otherwise, what 3.0 has no keyword for.
fn without_news(schema: &mut Schema) {
    const NEWS: [&str; 20] = [
        "$anchor",
        "$comment",
        "$defs",
        "$dynamicAnchor",
        "$dynamicRef",
        "$id",
        "$schema",
        "contains",
        "contentEncoding",
        "contentMediaType",
        "contentSchema",
        "dependentRequired",
        "dependentSchemas",
        "else",
        "if",
        "maxContains",
        "minContains",
        "patternProperties",
        "propertyNames",
        "unevaluatedItems",
    ];

    let Some(members) = schema.as_object_mut() else { return };
    // The names that a pattern would have let in are let in by the name of anything.
    if members.contains_key("patternProperties") && members.get("additionalProperties") == Some(&Value::Bool(false)) {
        members.remove("additionalProperties");
    }
    members.retain(|name, _| !NEWS.contains(&name.as_str()) && name != "then");
    if let Some(Value::Array(items)) = members.remove("prefixItems") {
        let mut different: Vec<Value> = Vec::new();
        let rest = members.remove("items").filter(|rest| *rest != json!({ "not": {} }));
        for item in items.into_iter().chain(rest) {
            if !different.contains(&item) {
                different.push(item);
            }
        }
        members.insert("items".to_owned(), json!({ "anyOf": different }));
    }
    if members.get("type").is_some_and(|kind| kind == "array") {
        members.entry("items").or_insert_with(|| json!({}));
    }
    for (exclusive, inclusive) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        if let Some(bound) = members.get(exclusive).filter(|bound| bound.is_number()).cloned() {
            members.insert(inclusive.to_owned(), bound);
            members.insert(exclusive.to_owned(), true.into());
        }
    }
}

/// What takes `null` and nothing else: `nullable` has a meaning beside a type only.
fn only_null(schema: &mut Schema) {
    let Some(members) = schema.as_object_mut() else { return };
    if members.get("nullable") == Some(&true.into()) && !members.contains_key("type") {
        let is_null = members.get("enum") == Some(&json!([null]));
        members.extend(is_null.then(|| Map::from_iter([("type".to_owned(), "string".into())])).into_iter().flatten());
    }
}

#[cfg(test)]
mod tests {
    use super::downgraded;
    use serde_json::{Value, json};

    fn schema(new: Value) -> Value {
        let document = json!({ "openapi": "3.1.0", "components": { "schemas": { "S": new } } });
        downgraded(&document).pointer("/components/schemas/S").unwrap().clone()
    }

    #[test]
    fn null_is_a_word_beside_a_type() {
        assert_eq!(schema(json!({ "type": ["string", "null"] })), json!({ "type": "string", "nullable": true }));
        let reference = json!({ "anyOf": [{ "$ref": "#/components/schemas/T" }, { "type": "null" }] });
        let nothing = json!({ "type": "string", "nullable": true, "enum": [null] });
        assert_eq!(schema(reference), json!({ "anyOf": [{ "$ref": "#/components/schemas/T" }, nothing] }));
    }

    #[test]
    fn newer_keywords_are_said_otherwise() {
        assert_eq!(schema(json!({ "const": "a" })), json!({ "enum": ["a"] }));
        assert_eq!(schema(json!({ "type": "string", "examples": ["a", "b"] })), json!({ "type": "string", "example": "a" }));
        let open = json!({ "type": "number", "minimum": 1, "exclusiveMinimum": true });
        assert_eq!(schema(json!({ "type": "number", "exclusiveMinimum": 1 })), open);
        let pair = json!({ "type": "array", "prefixItems": [{ "type": "string" }, { "type": "boolean" }], "minItems": 2, "maxItems": 2 });
        let either = json!({ "anyOf": [{ "type": "string" }, { "type": "boolean" }] });
        assert_eq!(schema(pair), json!({ "type": "array", "items": either, "minItems": 2, "maxItems": 2 }));
        let described = json!({ "$ref": "#/components/schemas/T", "description": "x" });
        assert_eq!(schema(described), json!({ "allOf": [{ "$ref": "#/components/schemas/T" }], "description": "x" }));
        let two = json!({ "allOf": [{ "anyOf": [{ "type": "string" }, { "type": "integer" }] }] });
        assert_eq!(schema(json!({ "type": ["string", "integer"] })), two);
    }

    #[test]
    fn nothing_becomes_stricter() {
        let map = json!({ "type": "object", "patternProperties": { "^x-": {} }, "additionalProperties": false });
        assert_eq!(schema(map), json!({ "type": "object" }));
    }

    #[test]
    fn only_oauth2_has_scopes() {
        let document = json!({
            "components": { "securitySchemes": { "oauth2": { "type": "oauth2" }, "apiKey": { "type": "apiKey" } } },
            "paths": { "/": { "get": { "security": [
                { "oauth2": ["a"] }, { "apiKey": ["a"] }, { "oauth2": ["b"] }, { "apiKey": ["b"] }
            ] } } },
        });
        let older = downgraded(&document);
        assert_eq!(
            *older.pointer("/paths/~1/get/security").unwrap(),
            json!([{ "oauth2": ["a"] }, { "apiKey": [] }, { "oauth2": ["b"] }])
        );
        assert_eq!(older["openapi"], "3.0.3");
    }
}
