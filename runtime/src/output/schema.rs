//! How the rules of a field are told in its schema: who sees it and what the others see, for programs in `x-visible` and `x-mask`.
//! That a field can be missing follows from what serde is told of it.

use super::Rule;
use portcullis_policy::Requirement;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value};
use std::{borrow::Cow, fmt, marker::PhantomData};

/// Tells of a field that it is there for some.
pub fn note_visible<R: Rule>(schema: &mut Schema) {
    tell_rule::<R>(schema);
    describe(schema, &format!("Shown to {}.", Words(&R::SHOWN_TO)));
}

/// Tells of a field that it is masked.
pub fn note_masked<const FIRST: usize, const LAST: usize>(schema: &mut Schema) {
    // What is said of the text itself does not hold of its mask.
    for key in ["format", "minLength", "maxLength", "pattern"] {
        schema.remove(key);
    }
    mask_text(schema, FIRST, LAST);
    tell_mask(schema, FIRST, LAST);
    describe(schema, &format!("Masked: {}.", shown(FIRST, LAST)));
}

/// Tells of a field that it is masked for some.
pub fn note_visible_or_masked<R: Rule, const FIRST: usize, const LAST: usize>(schema: &mut Schema) {
    tell_rule::<R>(schema);
    tell_mask(schema, FIRST, LAST);
    describe(schema, &format!("Shown to {}; masked for others: {}.", Words(&R::SHOWN_TO), shown(FIRST, LAST)));
}

/// The schema of a field that some see and whose mask the others see.
#[must_use]
pub fn whole_or_mask<const FIRST: usize, const LAST: usize>(mut whole: Schema, mut mask: Schema) -> Schema {
    whole.remove("writeOnly");
    if whole.get("format").is_some_and(|format| format == "password") {
        whole.remove("format");
    }
    if ["string"].map(Value::from).iter().eq(whole.as_object().into_iter().flat_map(Map::values)) {
        // Any text at all, and so is the mask.
        return whole;
    }
    mask_text(&mut mask, FIRST, LAST);
    json_schema!({ "anyOf": [whole, mask] })
}

/// Says what the texts of a mask are made of: always the stars, and beside them as many characters as are shown, or none.
fn mask_text(schema: &mut Schema, first: usize, last: usize) {
    let Some(members) = schema.as_object_mut() else { return };
    for key in ["items", "anyOf"] {
        let inner = match members.get_mut(key) {
            Some(Value::Array(schemas)) => schemas.iter_mut().collect(),
            Some(schema) => vec![schema],
            None => Vec::new(),
        };
        for schema in inner.into_iter().filter_map(|schema| <&mut Schema>::try_from(schema).ok()) {
            mask_text(schema, first, last);
        }
    }
    let is_text =
        |kind: &Value| *kind == "string" || kind.as_array().is_some_and(|kinds| kinds.iter().any(|kind| kind == "string"));
    if members.get("type").is_some_and(is_text) {
        // Some engines take a character beyond the first plane for two.
        let shown =
            |count: usize| if count == 0 { String::new() } else { format!("[\\s\\S]{{{count},{}}}", count.saturating_mul(2)) };
        let pattern = match first.saturating_add(last) {
            0 => "^\\*{4}$".to_owned(),
            _ => format!("^(?:{}\\*{{4}}{}|\\*{{4}})$", shown(first), shown(last)),
        };
        members.insert("pattern".to_owned(), pattern.into());
        members.insert("maxLength".to_owned(), first.saturating_add(last).saturating_add(4).into());
    }
}

/// The schema of a mask whose type has parameters: a text, or texts, or nothing.
#[must_use]
pub fn any_mask_schema(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": ["string", "array", "null"] })
}

/// The schema of a field that some see and whose mask the others see, and whose type has parameters: anything.
#[must_use]
pub fn any_schema(_: &mut SchemaGenerator) -> Schema {
    Schema::default()
}

/// The schema of a field that is flattened and that some see: each of its own fields can be missing.
pub struct Flattened<R, T>(PhantomData<fn() -> (R, T)>);

impl<R, T> fmt::Debug for Flattened<R, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Flattened")
    }
}

impl<R: Rule, T: JsonSchema> JsonSchema for Flattened<R, T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = T::json_schema(generator);
        let Some(Value::Object(fields)) = schema.get_mut("properties") else {
            // One of several, or a map: what is there is not told field by field.
            return json_schema!({ "type": "object" });
        };
        for field in fields.values_mut() {
            if let Ok(field) = <&mut Schema>::try_from(field) {
                note_visible::<R>(field);
            }
        }
        schema.remove("required");
        schema
    }
}

fn tell_rule<R: Rule>(schema: &mut Schema) {
    // A secret is only written, but this one is read.
    schema.remove("writeOnly");
    let rule = match schema.get("x-visible").and_then(Value::as_str) {
        Some(inner) => format!("all({}, {inner})", R::SHOWN_TO),
        None => R::SHOWN_TO.to_string(),
    };
    schema.insert("x-visible".to_owned(), rule.into());
}

fn tell_mask(schema: &mut Schema, first: usize, last: usize) {
    let mask = match (first, last) {
        (0, 0) => "all".to_owned(),
        (0, last) => format!("last = {last}"),
        (first, 0) => format!("first = {first}"),
        (first, last) => format!("first = {first}, last = {last}"),
    };
    schema.insert("x-mask".to_owned(), mask.into());
}

/// What a mask shows, in words.
fn shown(first: usize, last: usize) -> String {
    let of = |count: usize, which: &str| match count {
        1 => format!("the {which} character"),
        count => format!("the {which} {count} characters"),
    };
    match (first, last) {
        (0, 0) => "always `****`".to_owned(),
        (0, last) => format!("{}, and `****` for the rest", of(last, "last")),
        (first, 0) => format!("{}, and `****` for the rest", of(first, "first")),
        (first, last) => format!("{} and {}, and `****` for the rest", of(first, "first"), of(last, "last")),
    }
}

/// Adds a paragraph to the description.
fn describe(schema: &mut Schema, note: &str) {
    let described = match schema.get("description").and_then(|description| description.as_str()) {
        Some(description) => format!("{description}\n\n{note}"),
        None => note.to_owned(),
    };
    schema.insert("description".to_owned(), described.into());
}

/// A requirement in words.
struct Words<'a>(&'a Requirement);

impl fmt::Display for Words<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (terms, joined) = match self.0 {
            Requirement::Authenticated => return f.write_str("callers with credentials"),
            Requirement::Role(name, _) => return write!(f, "role {name}"),
            Requirement::Scope(name, _) => return write!(f, "scope {name}"),
            Requirement::Not(term) => return write!(f, "not {}", Nested(term)),
            Requirement::Any(terms) => (terms, " or "),
            Requirement::All(terms) => (terms, " and "),
        };
        for (index, term) in terms.iter().enumerate() {
            let word = if index == 0 { "" } else { joined };
            write!(f, "{word}{}", Nested(term))?;
        }
        Ok(())
    }
}

/// A requirement in words, in parentheses where they are needed.
struct Nested<'a>(&'a Requirement);

impl fmt::Display for Nested<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Requirement::Any(terms) | Requirement::All(terms) if terms.len() > 1 => write!(f, "({})", Words(self.0)),
            term => Words(term).fmt(f),
        }
    }
}
