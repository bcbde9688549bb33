//! Parameters from the schemas of what is extracted: the fields of a struct by name, the elements of a tuple by place.
//! A parameter of the path is there whether its type is known or not.

use super::{
    path::Parameter,
    schemas::Schemas,
    sketch::{Place, Sketch},
};
use serde_json::{Map, Value, json};

/// The parameters of an operation, those of the path first.
pub(super) fn parameters(in_path: &[Parameter], sketch: &mut Sketch<'_>) -> Vec<Value> {
    let told = std::mem::take(&mut sketch.parameters);
    let schemas = sketch.schemas();
    let of = |place: Place| told.iter().filter(move |(own, _)| *own == place).map(|(_, schema)| schema);
    let paths: Vec<Value> = of(Place::Path).map(|schema| schemas.resolved(schema)).collect();
    let mut parameters: Vec<Value> = in_path
        .iter()
        .enumerate()
        .map(|(index, parameter)| {
            let schema = paths.iter().find_map(|schema| at(schema, &parameter.name, index, in_path.len()));
            let mut schema = schema.unwrap_or_else(|| json!({ "type": "string" }));
            bound(&mut schema);
            let mut described = parameter_object(Place::Path.word(), &parameter.name, true, schema);
            if parameter.is_rest {
                described.entry("description").or_insert_with(|| "The rest of the path, which may have slashes.".into());
            }
            Value::Object(described)
        })
        .collect();
    for place in [Place::Query, Place::Header, Place::Cookie] {
        for schema in of(place) {
            fields(schema, schemas, true, &mut |name, required, schema| {
                let name = if place == Place::Header { name.replace('_', "-").to_ascii_lowercase() } else { name.to_owned() };
                let word = place.word();
                let is_known =
                    |known: &Value| known.get("name") == Some(&name.as_str().into()) && known.get("in") == Some(&word.into());
                // What OpenAPI describes elsewhere is no parameter to it.
                let is_told = place == Place::Header && ["accept", "authorization", "content-type"].contains(&name.as_str());
                if !is_told && !parameters.iter().any(is_known) {
                    parameters.push(Value::Object(parameter_object(word, &name, required, schema)));
                }
            });
        }
    }
    parameters
}

/// The schema of a parameter of the path in the schema of all of them.
fn at(schema: &Value, name: &str, index: usize, count: usize) -> Option<Value> {
    if let Some(properties) = schema.get("properties") {
        return properties.get(name).cloned();
    }
    if let Some(items) = schema.get("prefixItems") {
        return items.get(index).cloned();
    }
    let kind = schema.get("type").and_then(Value::as_str)?;
    (count == 1 && !matches!(kind, "object" | "array" | "null")).then(|| schema.clone())
}

/// A text in a path has at least one character, and no more than a whole path can have.
fn bound(schema: &mut Value) {
    /// The longest target of a request that the HTTP implementation reads.
    const LONGEST: u32 = 65_534;

    let Some(members) = schema.as_object_mut() else { return };
    if members.get("type").is_none_or(|kind| kind != "string") || members.contains_key("enum") || members.contains_key("const") {
        return;
    }
    members.entry("maxLength").or_insert(LONGEST.into());
    if !members.contains_key("format") {
        members.entry("pattern").or_insert("^[\\s\\S]+$".into());
    }
}

/// The fields that a schema has, with whether each is required; also those of the schemas that it is put together from.
fn fields(schema: &Value, schemas: &Schemas, required: bool, found: &mut impl FnMut(&str, bool, Value)) {
    let schema = schemas.resolved(schema);
    let names = schema.get("required").and_then(Value::as_array);
    for (name, property) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
        let is_required = required && names.is_some_and(|names| names.iter().any(|required| required == name));
        found(name, is_required, property.clone());
    }
    let alternatives = |key| schema.get(key).and_then(Value::as_array).into_iter().flatten();
    for part in alternatives("allOf") {
        fields(part, schemas, required, found);
    }
    for part in alternatives("anyOf").chain(alternatives("oneOf")) {
        fields(part, schemas, false, found);
    }
}

/// A parameter; what its schema says for people is said of the parameter.
fn parameter_object(place: &str, name: &str, required: bool, mut schema: Value) -> Map<String, Value> {
    let mut object = Map::new();
    object.insert("name".to_owned(), name.into());
    object.insert("in".to_owned(), place.into());
    if let Some(members) = schema.as_object_mut() {
        for said in ["description", "deprecated"] {
            if let Some(value) = members.remove(said) {
                object.insert(said.to_owned(), value);
            }
        }
    }
    if required {
        object.insert("required".to_owned(), true.into());
    }
    // A field that may be left out says so itself; `null` cannot be written in a query.
    object.insert("schema".to_owned(), without_null(schema));
    object
}

/// The schema without `null`, which neither a path nor a query can say.
fn without_null(mut schema: Value) -> Value {
    let Some(members) = schema.as_object_mut() else { return schema };
    if members.get("default").is_some_and(Value::is_null) {
        members.remove("default");
    }
    if let Some(Value::Array(kinds)) = members.get_mut("type") {
        kinds.retain(|kind| kind != "null");
        if let [only] = kinds.as_slice() {
            let only = only.clone();
            members.insert("type".to_owned(), only);
        }
    }
    let null = json!({ "type": "null" });
    if let Some(Value::Array(alternatives)) = members.get_mut("anyOf") {
        alternatives.retain(|alternative| *alternative != null);
        if let [only] = alternatives.as_slice() {
            let only = only.clone();
            if members.len() == 1 {
                return only;
            }
        }
    }
    schema
}
