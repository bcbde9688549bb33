//! Nothing that a client sends comes back in a refusal, whatever it sends and wherever it puts it.
//! A marker is put into keys and values of random documents; no form of the denial may contain it.

use super::{form, json, query, shown};
use crate::Denial;
use garde::Validate;
use proptest::{collection::vec, prelude::*};
use serde::{Deserialize, Deserializer, de::Error};
use serde_json::{Map, Value};
use std::{collections::HashMap, net::IpAddr};

const MARKER: &str = "hunter2";

/// A type with something of everything, so that random documents fail in every way.
#[derive(Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "only has to be read")]
struct Everything {
    #[garde(length(max = 4), ascii, alphanumeric)]
    user_name: Option<String>,
    #[garde(range(max = 3))]
    count: Option<u8>,
    #[garde(contains("@"), prefix("a"), suffix("z"))]
    mail: Option<String>,
    #[garde(dive)]
    strict: Option<Strict>,
    #[garde(dive)]
    list: Option<Vec<Strict>>,
    #[garde(dive)]
    map: Option<HashMap<String, Strict>>,
    #[garde(dive)]
    tagged: Option<Tagged>,
    #[garde(dive)]
    plain: Option<Plain>,
    #[garde(skip)]
    numbers: Option<HashMap<u8, bool>>,
    #[garde(skip)]
    pair: Option<(u8, String)>,
    #[garde(skip)]
    address: Option<IpAddr>,
    #[garde(skip)]
    custom: Option<Custom>,
    #[garde(dive)]
    #[serde(flatten)]
    rest: HashMap<String, Loose>,
}

#[derive(Debug, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
struct Strict {
    #[garde(length(max = 2))]
    text: String,
}

#[derive(Debug, Deserialize, Validate)]
#[serde(tag = "kind")]
enum Tagged {
    One {
        #[garde(length(max = 2))]
        text: String,
    },
}

#[derive(Debug, Deserialize, Validate)]
#[garde(allow_unvalidated)]
#[serde(rename_all = "lowercase")]
enum Plain {
    One,
    Two(#[garde(length(max = 2))] String),
    #[serde(other)]
    Other,
}

/// Takes anything and has a rule about it, so that even the rest gets to garde.
#[derive(Debug, Deserialize, Validate)]
#[garde(transparent)]
struct Loose(#[garde(custom(never))] Value);

fn never(_: &Value, (): &()) -> garde::Result {
    Err(garde::Error::new("is never right"))
}

/// Quotes what it is given, as many a `Deserialize` does.
#[derive(Debug)]
struct Custom;

impl<'de> Deserialize<'de> for Custom {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        Err(D::Error::custom(format!("missing field `{value}`, expected {value} at line 1")))
    }
}

const NAMES: [&str; 18] = [
    "userName", "count", "mail", "strict", "list", "map", "tagged", "plain", "numbers", "pair", "address", "custom", "text",
    "kind", "one", "two", "One", "other",
];

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => prop::sample::select(&NAMES[..]).prop_map(str::to_owned),
        1 => Just(MARKER.to_owned()),
        1 => "[`'\", ]{0,3}".prop_map(|noise| format!("{noise}{MARKER}, expected u8, {noise}")),
    ]
}

fn scalar() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (0_u8..4).prop_map(Value::from),
        Just(Value::from(MARKER)),
        name().prop_map(Value::from),
    ]
}

fn document() -> impl Strategy<Value = Value> {
    let value = scalar().prop_recursive(4, 32, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            vec((name(), inner), 0..4).prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
        ]
    });
    vec((name(), value), 0..4).prop_map(|pairs| Value::Object(Map::from_iter(pairs)))
}

fn wait<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}

fn assert_silent<T>(outcome: Result<T, Denial>) {
    if let Err(denial) = outcome {
        let shown = shown(&denial);
        assert!(!shown.contains("hunter2"), "{shown}");
        assert!([400, 422].contains(&denial.status().as_u16()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn json_is_not_repeated(document in document()) {
        assert_silent(wait(json::<Everything>(document.to_string())));
    }

    #[test]
    fn malformed_json_is_not_repeated(document in document(), cut in any::<prop::sample::Index>(), noise in any::<u8>()) {
        let mut bytes = document.to_string().into_bytes();
        let at = cut.index(bytes.len());
        bytes[at] = noise;
        assert_silent(wait(json::<Everything>(bytes)));
    }

    #[test]
    fn any_bytes_are_answered(bytes in vec(any::<u8>(), 0..64)) {
        assert_silent(wait(json::<Everything>(bytes.clone())));
        assert_silent(wait(form::<Everything>(bytes)));
    }

    #[test]
    fn forms_and_queries_are_not_repeated(pairs in vec((name(), name()), 0..6)) {
        let encode = |text: &str| text.bytes().map(|byte| format!("%{byte:02x}")).collect::<String>();
        let encoded: Vec<_> = pairs.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
        assert_silent(wait(form::<Everything>(encoded.join("&"))));
        assert_silent(wait(query::<Everything>(&encoded.join("&"))));
    }
}

#[tokio::test]
async fn texts_that_look_like_messages_are_not_taken_for_them() {
    for body in [
        r#"{"userName": {"a": "hunter2, expected hunter2"}}"#,
        r#"{"count": "x, expected hunter2 at line 1 column 2"}"#,
        r#"{"count": "`, expected `hunter2`"}"#,
        r#"{"custom": "hunter2"}"#,
        r#"{"address": "hunter2"}"#,
        r#"{"plain": {"hunter2": "hunter2"}}"#,
        r#"{"numbers": {"hunter2": true}}"#,
        r#"{"hunter2": "hunter2"}"#,
        r#"{"map": {"hunter2": {"text": "hunter2"}}}"#,
        r#"{"strict": {"hunter2": "hunter2"}}"#,
    ] {
        let outcome = json::<Everything>(body).await;
        assert_eq!(outcome.as_ref().unwrap_err().status(), 422, "{body}");
        assert_silent(outcome);
    }
}
