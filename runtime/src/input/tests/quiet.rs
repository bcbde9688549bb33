//! What is said of an input that is refused, to who reads without `Valid`: never what was sent.

use crate::{Input, Secret};
use serde::{Deserialize, Deserializer, de::Error};
use std::{
    collections::{BTreeMap, HashMap},
    net::IpAddr,
};

const SENT: &str = "hunter2";

#[derive(Debug, Input)]
#[input(crate = crate)]
struct Login {
    #[garde(length(min = 1, max = 9))]
    #[serde(default)]
    password: String,
    #[garde(skip)]
    secret: Option<Secret<u32>>,
    #[garde(dive)]
    inner: Option<Inner>,
    #[garde(length(max = 9), dive)]
    #[serde(default)]
    list: Vec<Inner>,
    #[garde(length(max = 9), dive)]
    #[serde(default)]
    #[input(keys(max = 9))]
    map: HashMap<String, Inner>,
    #[garde(length(max = 9))]
    #[serde(default)]
    numbers: BTreeMap<u8, u8>,
    #[garde(skip)]
    address: Option<IpAddr>,
    #[garde(skip)]
    #[schemars(with = "String")]
    rude: Option<Rude>,
    #[garde(dive)]
    external: Option<External>,
    #[garde(dive)]
    internal: Option<Internal>,
    #[garde(dive)]
    untagged: Option<Untagged>,
    #[garde(skip)]
    #[serde(default, deserialize_with = "rude")]
    with: u8,
}

#[derive(Debug, Input)]
#[input(crate = crate)]
struct Inner {
    #[garde(range(max = 9))]
    code: u8,
    #[garde(custom(quoting))]
    #[serde(default)]
    #[input(unbounded = "a test")]
    text: String,
}

fn quoting(text: &str, _: &()) -> garde::Result {
    if text.is_empty() { Ok(()) } else { Err(garde::Error::new(format!("bad: {text}"))) }
}

/// Someone's own type, which says what it was given.
#[derive(Debug)]
struct Rude;

impl<'de> Deserialize<'de> for Rude {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        rude(deserializer).map(|_: u8| Self)
    }
}

fn rude<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u8, D::Error> {
    let text = String::deserialize(deserializer)?;
    Err(D::Error::custom(format!("invalid type: {text}, expected {text}")))
}

#[derive(Debug, Input)]
#[input(crate = crate)]
enum External {
    One,
    New(#[garde(range(max = 9))] u8),
    Named {
        #[garde(skip)]
        flag: bool,
    },
}

#[derive(Debug, Input)]
#[input(crate = crate)]
#[serde(tag = "type")]
enum Internal {
    Named {
        #[garde(skip)]
        flag: bool,
    },
}

#[derive(Debug, Input)]
#[input(crate = crate)]
#[serde(untagged)]
enum Untagged {
    New(#[garde(skip)] u8),
}

/// What is said of a text that is no login.
fn said(json: &str) -> String {
    let error = serde_json::from_str::<Login>(json).unwrap_err();
    let as_value = serde_json::from_value::<Login>(serde_json::from_str(json).unwrap_or_default()).unwrap_err();
    let read = serde_json::from_reader::<_, Login>(json.as_bytes()).unwrap_err();
    for said in [error.to_string(), format!("{error:?}"), as_value.to_string(), format!("{as_value:?}"), read.to_string()] {
        assert!(!said.contains(SENT), "{json}: {said}");
    }
    error.to_string()
}

#[test]
fn nothing_that_was_sent_is_in_an_error() {
    for json in [
        r#""hunter2""#,
        r#"["hunter2"]"#,
        r#"{"hunter2":1}"#,
        r#"{"secret":"hunter2"}"#,
        r#"{"password":{"hunter2":1}}"#,
        r#"{"password":["hunter2"]}"#,
        r#"{"password":"hunter2\u0000"}"#,
        r#"{"inner":"hunter2"}"#,
        r#"{"inner":{"code":"hunter2"}}"#,
        r#"{"inner":{"code":1,"hunter2":1}}"#,
        r#"{"inner":{"code":1,"text":"hunter2"}}"#,
        r#"{"inner":{"code":1,"code":"hunter2"}}"#,
        r#"{"list":"hunter2"}"#,
        r#"{"list":["hunter2"]}"#,
        r#"{"list":[{"code":"hunter2"}]}"#,
        r#"{"map":"hunter2"}"#,
        r#"{"map":{"hunter2":1}}"#,
        r#"{"map":{"hunter2":{"code":"hunter2"}}}"#,
        r#"{"map":{"hunter2":{"code":1},"hunter2":{"code":1}}}"#,
        r#"{"numbers":{"hunter2":1}}"#,
        r#"{"numbers":{"1":"hunter2"}}"#,
        r#"{"address":"hunter2"}"#,
        r#"{"rude":"hunter2"}"#,
        r#"{"with":"hunter2"}"#,
        r#"{"external":"hunter2"}"#,
        r#"{"external":{"hunter2":1}}"#,
        r#"{"external":{"One":"hunter2"}}"#,
        r#"{"external":{"New":"hunter2"}}"#,
        r#"{"external":{"Named":{"flag":"hunter2"}}}"#,
        r#"{"external":{"Named":{"hunter2":true}}}"#,
        r#"{"internal":"hunter2"}"#,
        r#"{"internal":{"type":"hunter2"}}"#,
        r#"{"internal":{"type":"Named","flag":"hunter2"}}"#,
        r#"{"internal":{"type":"Named","flag":true,"hunter2":1}}"#,
        r#"{"untagged":"hunter2"}"#,
        r#"{"password":"hunter2"#,
        r#"{"password":"hunter2\x"}"#,
        r#"{hunter2}"#,
    ] {
        said(json);
    }
}

#[test]
fn numbers_that_were_sent_are_in_no_error_either() {
    for json in
        [r#"{"password":271828}"#, r#"{"secret":-271828}"#, r#"{"inner":{"code":271828}}"#, r#"{"internal":{"type":271828}}"#]
    {
        let error = serde_json::from_str::<Login>(json).unwrap_err().to_string();
        assert!(!error.contains("271828"), "{json}: {error}");
    }
}

#[test]
fn an_error_says_what_is_expected_and_where() {
    for (json, expected) in [
        (r#"{"password":1}"#, "expected a string at line 1 column 13"),
        (r#"{"inner":{"code":"x"}}"#, "expected an integer from 0 to 255 at line 1 column 20"),
        (r#"{"inner":{}}"#, "the field `code` is required at line 1 column 11"),
        (r#"{"inner":{"code":1,"code":1}}"#, "the field `code` is given more than once at line 1 column 25"),
        (
            r#"{"inner":{"hunter2":1}}"#,
            "has a field that is not declared; the declared ones are `code` and `text` at line 1 column 19",
        ),
        (r#"{"inner":["x"]}"#, "expected an object at line 1 column 10"),
        (r#"{"inner":{"code":10}}"#, "the value breaks a rule of its type at line 1 column 21"),
        (r#"{"external":"x"}"#, "expected one of `One`, `New` and `Named` at line 1 column 15"),
        (r#"{"rude":"x"}"#, "not a value that is taken here at line 1 column 12"),
        (r#"{"inner":"#, "EOF while parsing a value at line 1 column 9"),
        (r#"{"inner":}"#, "expected value at line 1 column 10"),
    ] {
        assert_eq!(said(json), expected, "{json}");
    }
}

#[test]
fn what_is_no_json_is_another_error_than_what_does_not_fit() {
    let category = |json: &str| serde_json::from_str::<Login>(json).unwrap_err().classify();
    assert_eq!(category(r#"{"inner":{"code":"#), serde_json::error::Category::Eof);
    assert_eq!(category(r#"{"inner":{"code":x}}"#), serde_json::error::Category::Syntax);
    assert_eq!(category(r#"{"inner":{"code":"x"}}"#), serde_json::error::Category::Data);
}
