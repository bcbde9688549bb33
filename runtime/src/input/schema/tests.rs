//! What each fact comes to in a schema. That a validator takes it as the code does is shown in the tests of the workspace.

use super::{Fact, Told, Unit};
use crate::input::allow;
use schemars::{Schema, json_schema, transform::Transform};
use serde_json::{Value, json};

fn told(mut schema: Schema, facts: &[Fact<'_>], text: Option<u8>) -> Value {
    Told { facts, text, keys: None, sanitize: &[] }.transform(&mut schema);
    schema.to_value()
}

fn text(facts: &[Fact<'_>], allowed: u8) -> Value {
    told(json_schema!({ "type": "string" }), facts, Some(allowed))
}

#[test]
fn text_has_one_pattern_where_one_can_say_it() {
    let any = text(&[], 0)["pattern"].as_str().unwrap().to_owned();
    assert!(any.starts_with("^[^\\u0000-\\u001f\\u007f-\\u009f\\u00ad") && any.ends_with("]*$"), "{any}");
    assert_eq!(text(&[], 15), json!({ "type": "string" }), "all of it is allowed");
    assert_eq!(text(&[], allow::BIDI | allow::ZERO_WIDTH)["pattern"], "^[^\\u0000-\\u001f\\u007f-\\u009f]*$");
    let lines = "^[^\\u0000-\\u0008\\u000b-\\u000c\\u000e-\\u001f\\u007f-\\u009f]*$";
    assert_eq!(text(&[], allow::BIDI | allow::ZERO_WIDTH | allow::NEWLINES)["pattern"], lines);
    assert_eq!(text(&[Fact::Ascii], 0)["pattern"], "^[ -~]*$");
    assert_eq!(text(&[Fact::Ascii], allow::NEWLINES)["pattern"], "^[\\u0009-\\u000a\\u000d -~]*$");
    assert_eq!(text(&[Fact::Ascii], allow::CONTROL)["pattern"], "^[\\u0000-\\u007f]*$");
    assert_eq!(text(&[Fact::Ascii, Fact::Alphanumeric], 0)["pattern"], "^[0-9A-Za-z]*$");
    assert_eq!(text(&[Fact::Ascii, Fact::Prefix("id")], 0)["pattern"], "^id[ -~]*$");
    assert_eq!(text(&[Fact::Ascii, Fact::Suffix("id")], 0)["pattern"], "^[ -~]*id$");
    assert_eq!(text(&[Fact::Ascii, Fact::Contains("id")], 0)["pattern"], "^[ -~]*id[ -~]*$");
    assert_eq!(text(&[Fact::Pattern { text: "^[a-z]$", plain: true }], 0)["pattern"], "^[a-z]$");
}

#[test]
fn what_one_pattern_cannot_say_several_do() {
    let all = |facts: &[Fact<'_>]| text(facts, 0)["allOf"].clone();
    let several = all(&[Fact::Ascii, Fact::Prefix("a.b"), Fact::Suffix("(c)")]);
    assert_eq!(several, json!([{ "pattern": "^[ -~]*$" }, { "pattern": "^a\\.b" }, { "pattern": "\\(c\\)$" }]));
    let loose = all(&[Fact::Ascii, Fact::Pattern { text: "[a-z]", plain: false }]);
    assert_eq!(loose, json!([{ "pattern": "^[ -~]*$" }, { "pattern": "[a-z]" }]));
    let own = told(json_schema!({ "type": "string", "pattern": "x" }), &[Fact::Ascii], Some(0));
    assert_eq!(own, json!({ "type": "string", "allOf": [{ "pattern": "x" }, { "pattern": "^[ -~]*$" }] }));
}

#[test]
fn a_length_is_in_characters_or_says_in_what() {
    let length = |unit| Fact::Length { unit, min: Some(8), max: Some(200) };
    let of = |facts: &[Fact<'_>]| {
        let schema = text(facts, 15);
        (schema["minLength"].clone(), schema["maxLength"].clone(), schema["x-length-in"].clone())
    };
    assert_eq!(of(&[length(Unit::Chars)]), (8.into(), 200.into(), Value::Null));
    for unit in [Unit::Bytes, Unit::Simple] {
        assert_eq!(of(&[length(unit)]), (2.into(), 200.into(), "bytes".into()), "at least two characters are eight bytes");
        assert_eq!(of(&[length(unit), Fact::Ascii]), (8.into(), 200.into(), Value::Null), "of ASCII, bytes are characters");
    }
    assert_eq!(of(&[length(Unit::Utf16)]), (4.into(), 200.into(), "utf16".into()));
    assert_eq!(of(&[length(Unit::Graphemes)]), (8.into(), Value::Null, "graphemes".into()));
}

#[test]
fn a_length_is_of_what_the_type_is() {
    let length = Fact::Length { unit: Unit::Simple, min: None, max: Some(2) };
    let list =
        told(json_schema!({ "type": "array", "items": { "type": "string" } }), &[length, Fact::Inner(&[Fact::Ascii])], Some(0));
    assert_eq!(list, json!({ "type": "array", "maxItems": 2, "items": { "type": "string", "pattern": "^[ -~]*$" } }));
    let length = Fact::Length { unit: Unit::Simple, min: Some(1), max: None };
    let map = told(
        json_schema!({ "type": "object", "additionalProperties": { "type": "string" } }),
        &[length],
        Some(allow::CONTROL | allow::BIDI),
    );
    let refused = "^[^\\u00ad\\u180e\\u200b-\\u200d\\u2060-\\u2064\\u206a-\\u206f\\ufeff\\ufff9-\\ufffb]*$";
    let pattern = json!({ "pattern": refused });
    let values = json!({ "type": "string", "pattern": refused });
    assert_eq!(map, json!({ "type": "object", "minProperties": 1, "propertyNames": pattern, "additionalProperties": values }));
    let mut keys = json_schema!({ "type": "object", "additionalProperties": { "type": "integer" } });
    Told { facts: &[], text: Some(15), keys: Some(9), sanitize: &[] }.transform(&mut keys);
    assert_eq!(keys.get("propertyNames"), Some(&json!({ "maxLength": 9 })));
    let other = told(json_schema!({ "$ref": "#/x" }), &[Fact::Length { unit: Unit::Simple, min: None, max: Some(2) }], Some(0));
    assert_eq!(other, json!({ "$ref": "#/x" }), "what it refers to says it itself");
}

#[test]
fn formats_say_what_they_are_made_of() {
    assert_eq!(text(&[Fact::Format("email")], 0), json!({ "type": "string", "format": "email" }));
    let either = json!({ "type": "string", "anyOf": [{ "format": "ipv4" }, { "format": "ipv6" }] });
    assert_eq!(text(&[Fact::Format("ip")], 0), either);
    let uuid = told(json_schema!({ "type": "string", "format": "uuid" }), &[], Some(0));
    assert_eq!(uuid, json!({ "type": "string", "format": "uuid" }));
    let secret = told(json_schema!({ "type": "string", "format": "password" }), &[Fact::Ascii], Some(0));
    assert_eq!(secret, json!({ "type": "string", "format": "password", "pattern": "^[ -~]*$" }));
    let choice = told(json_schema!({ "type": "string", "enum": ["a"] }), &[Fact::Ascii], Some(0));
    assert_eq!(choice, json!({ "type": "string", "enum": ["a"] }));
}

#[test]
fn an_option_is_told_as_what_is_in_it() {
    let facts = [Fact::Ascii, Fact::Length { unit: Unit::Chars, min: None, max: Some(9) }];
    let flat = told(json_schema!({ "type": ["string", "null"] }), &facts, Some(0));
    assert_eq!(flat, json!({ "type": ["string", "null"], "maxLength": 9, "pattern": "^[ -~]*$" }));
    let either = told(json_schema!({ "anyOf": [{ "type": "string" }, { "type": "null" }] }), &facts, Some(0));
    assert_eq!(either, json!({ "anyOf": [{ "type": "string" }, { "type": "null" }], "maxLength": 9, "pattern": "^[ -~]*$" }));
}

#[test]
fn what_is_taken_off_does_not_make_up_the_length() {
    let mut schema = json_schema!({ "type": "string" });
    let facts = [Fact::Ascii, Fact::Length { unit: Unit::Chars, min: Some(3), max: Some(9) }];
    Told { facts: &facts, text: Some(0), keys: None, sanitize: &["trim", "lowercase"] }.transform(&mut schema);
    let expected = json!({
        "type": "string",
        "minLength": 3,
        "maxLength": 9,
        "allOf": [{ "pattern": "^[ -~]*$" }, { "pattern": "^\\S" }, { "pattern": "\\S$" }],
        "x-sanitize": ["trim", "lowercase"],
    });
    assert_eq!(schema.to_value(), expected);
}
