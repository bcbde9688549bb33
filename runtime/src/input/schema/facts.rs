//! The rules of a field as facts, and what they come to in its schema: of its text, its length, its range, and of what is in it.
//! Facts only add to a schema; what the type says of itself stays.

use super::patterns::Patterns;
use schemars::{Schema, transform::Transform};
use serde_json::{Map, Value, json};

/// What is told of a field.
#[derive(Debug)]
pub struct Told<'a> {
    /// What its rules say.
    pub facts: &'a [Fact<'a>],
    /// What its text may have of what is refused else; `None` where no text is looked at.
    pub text: Option<u8>,
    /// How many characters the keys of a map have at most.
    pub keys: Option<usize>,
    /// The steps that its text goes through before the rules see it.
    pub sanitize: &'a [&'a str],
}

/// One rule, as far as a schema can say it.
#[derive(Debug)]
pub enum Fact<'a> {
    /// So long.
    Length {
        /// What is counted.
        unit: Unit,
        /// At least.
        min: Option<usize>,
        /// At most.
        max: Option<usize>,
    },
    /// In this range.
    Range {
        /// At least.
        min: Option<Value>,
        /// At most.
        max: Option<Value>,
    },
    /// Of a format that has a name.
    Format(&'a str),
    /// Of ASCII alone.
    Ascii,
    /// Of letters and digits of any script.
    Alphanumeric,
    /// With this text in it.
    Contains(&'a str),
    /// With this text in front.
    Prefix(&'a str),
    /// With this text at the end.
    Suffix(&'a str),
    /// Of this pattern, which leaves room for nothing but plain ASCII where it is `plain`.
    Pattern {
        /// A regular expression of ECMA-262.
        text: &'a str,
        /// Whether all that matches is of the characters from space to tilde.
        plain: bool,
    },
    /// What is in it.
    Inner(&'a [Fact<'a>]),
}

/// What a length counts.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Unit {
    /// Bytes of a text, elements of anything else.
    Simple,
    /// Bytes in UTF-8.
    Bytes,
    /// Code points, as JSON Schema counts.
    Chars,
    /// What people take for characters.
    Graphemes,
    /// Units of UTF-16.
    Utf16,
}

impl Transform for Told<'_> {
    fn transform(&mut self, schema: &mut Schema) {
        let Some(members) = schema.as_object_mut() else { return };
        let trims = self.sanitize.iter().any(|step| ["trim", "collapse_whitespace", "strip_control"].contains(step));
        tell(members, self.facts, self.text, trims);
        if let Some(longest) = self.keys
            && let Value::Object(names) = members.entry("propertyNames").or_insert_with(|| json!({}))
        {
            names.insert("maxLength".to_owned(), longest.into());
        }
        if !self.sanitize.is_empty() {
            members.insert("x-sanitize".to_owned(), json!(self.sanitize));
        }
    }
}

/// What the values of a schema can be, as far as it says: its own types, and those of its alternatives.
fn is_a(members: &Map<String, Value>, kind: &str) -> bool {
    let own = match members.get("type") {
        Some(Value::String(own)) => own == kind,
        Some(Value::Array(kinds)) => kinds.iter().any(|own| own == kind),
        _ => false,
    };
    own || alternatives(members).any(|alternative| is_a(alternative, kind))
}

fn alternatives(members: &Map<String, Value>) -> impl Iterator<Item = &Map<String, Value>> {
    ["anyOf", "oneOf"].into_iter().filter_map(|key| members.get(key)?.as_array()).flatten().filter_map(Value::as_object)
}

fn tell(members: &mut Map<String, Value>, facts: &[Fact<'_>], text: Option<u8>, trims: bool) {
    if is_a(members, "string") && !members.contains_key("enum") && !members.contains_key("const") {
        tell_text(members, facts, text, trims);
    }
    for fact in facts {
        match fact {
            Fact::Length { min, max, .. } => {
                for (kind, least, most) in [("array", "minItems", "maxItems"), ("object", "minProperties", "maxProperties")] {
                    if is_a(members, kind) {
                        ends(members, (least, min.map(Value::from)), (most, max.map(Value::from)));
                    }
                }
            }
            Fact::Range { min, max } => ends(members, ("minimum", min.clone()), ("maximum", max.clone())),
            // There is no format for either of two; and an alternative of `null` stays one.
            Fact::Format("ip") if !members.contains_key("anyOf") => {
                members.remove("format");
                members.insert("anyOf".to_owned(), json!([{ "format": "ipv4" }, { "format": "ipv6" }]));
            }
            Fact::Format("ip") => {}
            Fact::Format(format) => drop(members.insert("format".to_owned(), (*format).into())),
            _ => {}
        }
    }
    let inner: Vec<&[Fact<'_>]> =
        facts.iter().filter_map(|fact| if let Fact::Inner(facts) = fact { Some(*facts) } else { None }).collect();
    descend(members, inner.first().copied().unwrap_or_default(), text, trims);
}

/// What is in a list has the facts that are told of it; text anywhere in it is looked at as the field's is.
fn descend(members: &mut Map<String, Value>, inner: &[Fact<'_>], text: Option<u8>, trims: bool) {
    // What is told of a text that is one of several is told of the whole.
    let alternatives: &[&str] = if is_a(members, "string") { &[] } else { &["anyOf", "oneOf"] };
    for key in ["items", "prefixItems", "additionalProperties"].iter().chain(alternatives) {
        let facts = if ["items", "prefixItems"].contains(key) { inner } else { &[] };
        match members.get_mut(*key) {
            Some(Value::Object(schema)) => tell(schema, facts, text, trims),
            Some(Value::Array(schemas)) => {
                schemas.iter_mut().filter_map(Value::as_object_mut).for_each(|schema| tell(schema, facts, text, trims));
            }
            _ => {}
        }
    }
    let is_map = members.get("additionalProperties").is_some_and(|values| *values != Value::Bool(false));
    if let (true, Some(allowed)) = (is_map && is_a(members, "object"), text)
        && let Some(pattern) = Patterns::of_any_text(allowed)
    {
        members.insert("propertyNames".to_owned(), json!({ "pattern": pattern }));
    }
}

/// Formats whose text is any: all others say themselves what it is made of.
const FREE: [&str; 1] = ["password"];

fn tell_text(members: &mut Map<String, Value>, facts: &[Fact<'_>], text: Option<u8>, trims: bool) {
    let own_format = members.get("format").and_then(Value::as_str).is_some_and(|format| !FREE.contains(&format));
    let has_format = own_format || facts.iter().any(|fact| matches!(fact, Fact::Format(_)));
    let mut patterns = Patterns::of(facts, text.filter(|_| !has_format));
    let mut least = 0;
    for fact in facts {
        if let Fact::Length { unit, min, max } = fact {
            let (min, max, exact) = characters(*unit, *min, *max, patterns.is_ascii());
            least = least.max(min.unwrap_or(0));
            ends(members, ("minLength", min.map(Value::from)), ("maxLength", max.map(Value::from)));
            if !exact {
                members.insert("x-length-in".to_owned(), if *unit == Unit::Simple { "bytes" } else { unit.word() }.into());
            }
        }
    }
    if trims && least > 0 {
        patterns.trimmed();
    }
    let mut all: Vec<Value> = members.remove("pattern").into_iter().collect();
    all.extend(patterns.into_list().into_iter().map(Value::from));
    all.dedup();
    if let [_, _, ..] = all.as_slice() {
        let all: Vec<Value> = all.into_iter().map(|pattern| json!({ "pattern": pattern })).collect();
        match members.entry("allOf").or_insert_with(|| json!([])) {
            Value::Array(others) => others.extend(all),
            other => *other = json!(all),
        }
    } else if let Some(only) = all.pop() {
        members.insert("pattern".to_owned(), only);
    }
}

impl Unit {
    const fn word(self) -> &'static str {
        match self {
            Self::Simple | Self::Bytes => "bytes",
            Self::Chars => "characters",
            Self::Graphemes => "graphemes",
            Self::Utf16 => "utf16",
        }
    }
}

/// A length in characters, and whether it is the same: where it is not, no text is out that is in.
fn characters(unit: Unit, min: Option<usize>, max: Option<usize>, ascii: bool) -> (Option<usize>, Option<usize>, bool) {
    match unit {
        Unit::Chars => (min, max, true),
        // A line break of ASCII is one grapheme of two characters.
        Unit::Simple | Unit::Bytes | Unit::Utf16 if ascii => (min, max, true),
        Unit::Simple | Unit::Bytes => (min.map(|min| min.div_ceil(4)), max, false),
        Unit::Utf16 => (min.map(|min| min.div_ceil(2)), max, false),
        Unit::Graphemes => (min, None, false),
    }
}

fn ends(members: &mut Map<String, Value>, min: (&str, Option<Value>), max: (&str, Option<Value>)) {
    for (key, value) in [min, max] {
        if let Some(value) = value {
            members.insert(key.to_owned(), value);
        }
    }
}
