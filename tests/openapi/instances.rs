//! What the schema of an input accepts, the input accepts, and the other way round, for a table of types and instances near their bounds.
//! The exceptions are written down: what JSON Schema has no words for.

use crate::service::{about, document_of};
use axum::Json;
use portcullis::{
    Secret, SecureRouter, Valid,
    prelude::{Input, secure},
};
use proptest::{prelude::*, sample::Index, test_runner::TestRunner};
use serde_json::{Value, json};
use std::{cell::Cell, collections::BTreeMap};

#[derive(Debug, Input)]
struct Texts {
    #[garde(length(chars, min = 2, max = 5))]
    any: String,
    #[garde(length(max = 6), ascii)]
    ascii: String,
    #[garde(length(max = 6), ascii, alphanumeric)]
    word: String,
    #[garde(length(chars, max = 8), ascii, prefix("id"))]
    prefix: String,
    #[garde(length(chars, max = 8), suffix("é.z"))]
    suffix: String,
    #[garde(length(chars, max = 8), contains("a+b"))]
    contains: String,
    #[garde(length(chars, max = 8), prefix("ab"), suffix("ba"))]
    both: String,
    #[garde(pattern("^(?i)[a-f]{2,4}$"))]
    pattern: String,
    #[garde(length(chars, max = 8), pattern("[0-9][^b]?$"))]
    search: Option<String>,
    #[garde(length(max = 6), ascii)]
    secret: Secret<String>,
    #[garde(skip)]
    letter: char,
}

#[derive(Debug, Input)]
struct Allowed {
    #[garde(length(chars, max = 5))]
    #[input(allow(newlines))]
    lines: String,
    #[garde(length(chars, max = 5))]
    #[input(allow(control))]
    control: String,
    #[garde(length(chars, max = 5))]
    #[input(allow(bidi))]
    bidi: String,
    #[garde(length(chars, max = 5))]
    #[input(allow(zero_width))]
    joined: String,
    #[garde(length(chars, max = 5), ascii)]
    #[input(allow(newlines))]
    ascii: String,
}

#[derive(Debug, Input)]
#[serde(rename_all = "camelCase")]
struct Numbers {
    #[garde(range(min = 1, max = 150))]
    small_one: u8,
    #[garde(range(min = -5))]
    signed: Option<i64>,
    #[garde(range(min = 0.5, max = 2.5))]
    float: f64,
    #[garde(range(max = 10_000_000_000))]
    long: u64,
    #[garde(skip)]
    #[serde(default)]
    flag: bool,
}

#[derive(Debug, Input)]
struct Lists {
    #[garde(length(min = 1, max = 3), inner(length(chars, max = 3), ascii))]
    texts: Vec<String>,
    #[garde(inner(length(max = 2), inner(range(max = 9))))]
    maybe: Option<Vec<u8>>,
    #[garde(inner(length(chars, max = 2)))]
    two: [String; 2],
    #[garde(length(min = 1, max = 2))]
    #[input(keys(max = 3))]
    map: BTreeMap<String, u8>,
    #[garde(skip)]
    pair: (u8, bool),
    #[garde(length(max = 2), dive)]
    inner: Vec<Item>,
    #[garde(dive)]
    boxed: Option<Box<Item>>,
}

#[derive(Debug, Input)]
struct Item(#[garde(length(chars, min = 1, max = 3))] String);

#[derive(Debug, Input)]
struct Flat {
    #[garde(range(max = 9))]
    number: u8,
    #[serde(flatten)]
    #[garde(dive)]
    inner: Inner,
}

#[derive(Debug, Input)]
struct Page<T: Input<Context = ()>> {
    #[garde(length(max = 2), dive)]
    items: Vec<T>,
    #[garde(range(max = 9))]
    page: u8,
}

macro_rules! shape {
    ($(#[$attribute:meta])* $name:ident) => {
        #[derive(Debug, Input)]
        #[serde(rename_all = "kebab-case")]
        $(#[$attribute])*
        enum $name {
            LongName,
            Struct {
                #[garde(range(max = 9))]
                number: u8,
                #[garde(length(chars, max = 3))]
                text: Option<String>,
            },
            One(#[garde(dive)] Inner),
        }
    };
}

#[derive(Debug, Input)]
struct Inner {
    #[garde(range(min = 5))]
    least: u8,
}

shape!(External);
shape!(
    #[serde(tag = "kind")]
    Internal
);
shape!(
    #[serde(tag = "kind", content = "value")]
    Adjacent
);
shape!(
    #[serde(untagged)]
    Untagged
);

/// What takes the place of a part of an instance.
fn part() -> impl Strategy<Value = Value> {
    let texts = [
        "",
        "a",
        "ab",
        "abc",
        "abcd",
        "abcdef",
        "abcdefg",
        "é",
        "éé",
        "idé",
        "id-1",
        "ide",
        "x é.z",
        "é.z",
        "a+b",
        "aab",
        "xa+bx",
        "aba",
        "abba",
        "ab",
        "AbCd",
        "abc\n",
        "1",
        "٣",
        "a1",
        "a b",
        "\u{7f}",
        "a\nb",
        "\t",
        "a\u{0}",
        "\u{9b}",
        "\u{202e}a",
        "\u{200d}",
        "\u{feff}",
        "😀",
        "日本",
        "kind",
        "value",
        "long-name",
        "struct",
        "one",
        "text",
        "password",
    ];
    let numbers =
        [json!(0), json!(1), json!(-1), json!(-5), json!(-6), json!(5), json!(9), json!(10), json!(150), json!(151), json!(256)];
    let more = [
        json!(0.5),
        json!(2.5),
        json!(2.6),
        json!(10_000_000_000_u64),
        json!(10_000_000_001_u64),
        json!(u64::MAX),
        json!(i64::MIN),
    ];
    let others = [
        Value::Null,
        json!(true),
        json!({}),
        json!([]),
        json!(["a"]),
        json!([1, true]),
        json!({ "least": 5 }),
        json!({ "least": 4 }),
    ];
    let all: Vec<Value> = texts.into_iter().map(Value::from).chain(numbers).chain(more).chain(others).collect();
    prop_oneof![3 => prop::sample::select(all), 1 => "[ -~é\u{0}-\u{20}]{0,6}".prop_map(Value::from)]
}

/// A change of one place of an instance.
#[derive(Clone, Debug)]
enum Change {
    Replace(Index, Value),
    Remove(Index),
    Add(Index, String, Value),
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        6 => (any::<Index>(), part()).prop_map(|(at, value)| Change::Replace(at, value)),
        1 => any::<Index>().prop_map(Change::Remove),
        1 => (any::<Index>(), "[a-z]{1,4}|number|text|kind|a\u{202e}", part()).prop_map(|(at, key, value)| Change::Add(at, key, value)),
    ]
}

/// Every place in the value, as pointers.
fn places(value: &Value, here: &str, found: &mut Vec<String>) {
    found.push(here.to_owned());
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(name, member)| {
                places(member, &format!("{here}/{}", name.replace('~', "~0").replace('/', "~1")), found);
            });
        }
        Value::Array(items) => items.iter().enumerate().for_each(|(index, item)| places(item, &format!("{here}/{index}"), found)),
        _ => {}
    }
}

fn changed(mut value: Value, change: Change) -> Value {
    let mut all = Vec::new();
    places(&value, "", &mut all);
    match change {
        Change::Replace(at, new) => *value.pointer_mut(at.get(&all).as_str()).unwrap() = new,
        Change::Remove(at) => {
            let (parent, name) = at.get(&all).rsplit_once('/').unwrap_or_default();
            match value.pointer_mut(parent) {
                Some(Value::Object(members)) => drop(members.remove(name)),
                Some(Value::Array(items)) => drop(items.pop()),
                _ => {}
            }
        }
        Change::Add(at, key, new) => match value.pointer_mut(at.get(&all).as_str()).unwrap() {
            Value::Object(members) => drop(members.insert(key, new)),
            Value::Array(items) => items.push(new),
            _ => {}
        },
    }
    value
}

macro_rules! table {
    ($($test:ident $path:literal: $ty:ty = $($instance:tt),+;)*) => {$(
        #[test]
        fn $test() {
            #[secure(post = $path, public)]
            async fn endpoint(_: Valid<Json<$ty>>) {}

            let document = document_of(&SecureRouter::new().mount(endpoint).openapi(about()));
            let mut schema = document["paths"][$path]["post"]["requestBody"]["content"]["application/json"]["schema"].clone();
            schema["components"]["schemas"] = document["components"]["schemas"].clone();
            let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
            let agree = |instance: &Value| {
                let (by_schema, by_code) = (validator.is_valid(instance), serde_json::from_value::<$ty>(instance.clone()));
                assert_eq!(by_schema, by_code.is_ok(), "{instance} by {schema}: {by_code:?}");
                by_schema
            };
            let good = vec![$(json!($instance)),+];
            for instance in &good {
                assert!(agree(instance), "{instance}");
            }
            let (accepted, refused) = (Cell::new(0), Cell::new(0));
            let config = ProptestConfig { cases: 3_000, failure_persistence: None, ..ProptestConfig::default() };
            let near = (prop::sample::select(good), prop::collection::vec(change(), 1..3));
            let outcome = TestRunner::new(config).run(&near, |(instance, changes)| {
                let tally = if agree(&changes.into_iter().fold(instance, changed)) { &accepted } else { &refused };
                tally.set(tally.get() + 1);
                Ok(())
            });
            outcome.unwrap();
            assert!(accepted.get() > 100 && refused.get() > 1_000, "both happen: {} and {}", accepted.get(), refused.get());
        }
    )*};
}

table! {
    texts "/texts": Texts = {
        "any": "éé", "ascii": "a-b", "word": "a1", "prefix": "id-1", "suffix": "x é.z", "contains": "a+b", "both": "aba", "pattern": "aF",
        "secret": "a b", "letter": "x"
    }, {
        "any": "abcde", "ascii": "", "word": "", "prefix": "id", "suffix": "é.z", "contains": "xa+bx", "both": "abba", "pattern": "abcd",
        "search": "a1", "secret": "", "letter": "日"
    };
    allowed "/allowed": Allowed = { "lines": "a\nb", "control": "\u{0}", "bidi": "\u{202e}", "joined": "\u{200d}", "ascii": "a\tb" };
    numbers "/numbers": Numbers = { "smallOne": 1, "signed": -5, "float": 0.5, "long": 10_000_000_000_u64 }, { "smallOne": 150, "float": 2.5, "long": 0, "flag": true };
    lists "/lists": Lists = {
        "texts": ["a"], "maybe": [9], "two": ["a", "bc"], "map": { "a": 1 }, "pair": [1, true], "inner": ["a"], "boxed": "abc"
    };
    generics "/generics": Page<Item> = { "items": ["a", "abc"], "page": 1 };
    nested_generics "/nested_generics": Page<Page<Item>> = { "items": [{ "items": ["a"], "page": 0 }], "page": 1 };
    flat "/flat": Flat = { "number": 1, "least": 5 };
    external "/external": External = "long-name", { "struct": { "number": 1 } }, { "one": { "least": 5 } };
    internal "/internal": Internal = { "kind": "long-name" }, { "kind": "struct", "number": 1, "text": "a" }, { "kind": "one", "least": 5 };
    adjacent "/adjacent": Adjacent = { "kind": "long-name" }, { "kind": "struct", "value": { "number": 1 } }, { "kind": "one", "value": { "least": 5 } };
    untagged "/untagged": Untagged = null, { "number": 1, "text": "abc" }, { "least": 5 };
}
