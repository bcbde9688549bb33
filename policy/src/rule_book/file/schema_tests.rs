//! The schema that is committed is the one of the key table, and agrees with the reader about every key.

use super::{
    RuleBookFile, defaults,
    keys::{Group, Section},
    require, rule, schema,
};
use crate::StepUp;
use regex::Regex;
use serde_json::{Value, json};
use toml::de::{DeTable, DeValue};

#[test]
fn the_committed_schema_is_that_of_the_key_table() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/security.schema.json");
    // Blessed as the texts of the compile errors are.
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(path, schema()).unwrap();
    }
    assert_eq!(
        std::fs::read_to_string(path).unwrap(),
        schema(),
        "write it anew with `BLESS=1 cargo test -p portcullis-policy --all-features schema`"
    );
}

/// Whether a value is as the schema says, in the words that our schema uses; a word that it does not know fails the test.
fn accepts(schema: &Value, value: &Value) -> bool {
    let schema = schema.as_object().unwrap();
    let list = |words: &Value| words.as_array().unwrap().clone();
    schema.iter().all(|(word, says)| match word.as_str() {
        "$schema" | "title" | "description" => true,
        "type" => match says.as_str().unwrap() {
            "object" => value.is_object(),
            "array" => value.is_array(),
            "string" => value.is_string(),
            "boolean" => value.is_boolean(),
            other => panic!("the type {other}"),
        },
        "const" => value == says,
        "enum" => list(says).contains(value),
        "anyOf" => list(says).iter().any(|one| accepts(one, value)),
        "allOf" => list(says).iter().all(|one| accepts(one, value)),
        "pattern" => value.as_str().is_none_or(|text| Regex::new(says.as_str().unwrap()).unwrap().is_match(text)),
        "maxLength" => value.as_str().is_none_or(|text| text.chars().count() as u64 <= says.as_u64().unwrap()),
        "minItems" => value.as_array().is_none_or(|items| items.len() as u64 >= says.as_u64().unwrap()),
        "uniqueItems" => {
            value.as_array().is_none_or(|items| items.iter().enumerate().all(|(at, item)| !items[..at].contains(item)))
        }
        "items" => value.as_array().is_none_or(|items| items.iter().all(|item| accepts(says, item))),
        "required" => {
            value.as_object().is_none_or(|table| list(says).iter().all(|key| table.contains_key(key.as_str().unwrap())))
        }
        "propertyNames" => value.as_object().is_none_or(|table| table.keys().all(|key| accepts(says, &json!(key)))),
        "properties" => value
            .as_object()
            .is_none_or(|table| table.iter().all(|(key, value)| says.get(key).is_none_or(|schema| accepts(schema, value)))),
        "additionalProperties" => value.as_object().is_none_or(|table| {
            let known = |key: &str| schema.get("properties").is_some_and(|properties| properties.get(key).is_some());
            table.iter().filter(|(key, _)| !known(key)).all(|(_, value)| says.as_bool().unwrap_or_else(|| accepts(says, value)))
        }),
        other => panic!("the word {other}"),
    })
}

/// A document as JSON.
fn document(text: &str) -> Value {
    fn convert(value: &DeValue<'_>) -> Value {
        match value {
            DeValue::String(text) => json!(text),
            DeValue::Boolean(value) => json!(value),
            DeValue::Integer(number) => json!(number.as_str().parse::<i64>().unwrap()),
            DeValue::Array(items) => items.iter().map(|item| convert(item.get_ref())).collect(),
            DeValue::Table(table) => {
                table.iter().map(|(key, value)| (key.get_ref().to_string(), convert(value.get_ref()))).collect()
            }
            other => panic!("{other:?}"),
        }
    }
    convert(&DeValue::Table(DeTable::parse(text).unwrap().into_inner()))
}

/// A rule of these lines.
fn rule(lines: &str) -> String {
    format!("[roles]\nadmin = []\n[scopes]\n\"reports:read\" = \"Read\"\n[[rule]]\nname = \"x\"\n{lines}")
}

#[test]
fn every_example_of_the_key_table_is_taken_by_both() {
    let mut texts: Vec<String> =
        vec![String::new(), "[roles]\na = []\nb = [\"a\"]\n[require]\npublic = []\nroute = false".to_owned()];
    for key in rule::Written::KEYS {
        match key.group {
            Group::Selector => texts.push(rule(&format!("{} = {}\naudit = true", key.name, key.example))),
            Group::Demand => texts.push(rule(&format!("paths = [\"/\", \"/**\", \"/a/*/b.c\"]\n{} = {}", key.name, key.example))),
            Group::Required | Group::Plain => {}
        }
    }
    texts.extend(defaults::Written::KEYS.iter().map(|key| format!("[defaults]\n{} = {}", key.name, key.example)));
    texts.extend(require::Written::KEYS.iter().map(|key| format!("[require]\n{} = {}", key.name, key.example)));
    texts
        .extend(StepUp::KEYS.iter().map(|key| rule(&format!("paths = [\"/\"]\nstep_up = {{ {} = {} }}", key.name, key.example))));
    texts.push("[defaults]\nrate = [\"5/15min per ip burst 3\", \" 1/s \"]".to_owned());
    let schema: Value = serde_json::from_str(&schema()).unwrap();
    for text in texts {
        assert!(RuleBookFile::parse(&text).is_ok(), "{text}: {:?}", RuleBookFile::parse(&text));
        assert!(accepts(&schema, &document(&text)), "{text}");
    }
}

#[test]
fn what_the_schema_refuses_the_reader_refuses() {
    let schema: Value = serde_json::from_str(&schema()).unwrap();
    let demands = ["rol = \"admin\"", "role = 1", "role = \"a b\"", "audit = false", "step_up = {}", "step_up = { mfa = false }"];
    let more =
        ["rate_at_most = \"5 per minute\"", "body_at_most = \"64\"", "timeout_at_most = \"soon\"", "step_up = { age = \"1 s\" }"];
    let mut texts: Vec<String> = demands.iter().chain(&more).map(|line| rule(&format!("paths = [\"/a\"]\n{line}"))).collect();
    let selectors =
        ["", "paths = []", "paths = [\"a\"]", "paths = [\"/a/\"]", "paths = [\"//\"]", "paths = [\"/a*\"]", "paths = [\"/{a}\"]"];
    let others = ["paths = \"/a\"", "paths = [\"/a\", \"/a\"]", "endpoints = [\"a.b\"]", "methods = [\"get\"]", "methods = [1]"];
    texts.extend(selectors.iter().chain(&others).map(|line| rule(&format!("{line}\naudit = true"))));
    texts.extend(
        ["[[rule]]\npaths = [\"/a\"]\naudit = true", "[[rule]]\nname = \"a\\nb\"\npaths = [\"/a\"]\naudit = true"]
            .map(str::to_owned),
    );
    let tables =
        ["[role]", "[defaults]\nrate = []", "[defaults]\nrate = 5", "[require]\nrate = \"x\"", "[require]\npublic = [\"*\"]"];
    texts.extend(tables.map(str::to_owned));
    texts
        .extend(["[rule]", "rule = [1]", "[roles]\na = true", "[scopes]\na = \" \"", "[roles]\n\"a b\" = []"].map(str::to_owned));
    for text in texts {
        assert!(!accepts(&schema, &document(&text)), "{text}");
        assert!(RuleBookFile::parse(&text).is_err(), "{text}");
    }
}
