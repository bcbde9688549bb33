//! Input types read by serde alone: there is no way to a value that breaks its rules.

use crate::{Input, Secret};
use serde::de::DeserializeOwned;
use std::{collections::HashMap, marker::PhantomData};

fn reads<T: DeserializeOwned>(json: &str) -> bool {
    serde_json::from_str::<T>(json).is_ok()
}

#[derive(Debug, Input)]
#[input(crate = crate)]
#[serde(rename_all = "camelCase")]
struct NewUser {
    #[garde(length(chars, min = 3, max = 50), alphanumeric)]
    user_name: String,
    #[garde(range(max = 150))]
    age: u8,
    #[garde(length(max = 2), dive)]
    #[serde(default)]
    home_addresses: Vec<Address>,
    #[serde(skip)]
    made_by: String,
}

#[derive(Clone, Debug, Input)]
#[input(crate = crate)]
struct Address {
    #[garde(length(chars, equal = 5))]
    #[serde(rename = "post-code", alias = "zip")]
    post_code: String,
}

#[test]
fn a_struct_is_read_if_it_keeps_its_rules() {
    let user: NewUser = serde_json::from_str(r#"{"userName":"alice","age":42,"homeAddresses":[{"zip":"12345"}]}"#).unwrap();
    assert_eq!((user.user_name.as_str(), user.age, user.home_addresses[0].post_code.as_str()), ("alice", 42, "12345"));
    assert_eq!(user.made_by, "");
    for bad in [
        r#"{"userName":"al","age":42}"#,
        r#"{"userName":"alice","age":151}"#,
        r#"{"userName":"alice","age":42,"homeAddresses":[{"zip":"1234"}]}"#,
        r#"{"userName":"alice","age":42,"homeAddresses":[{"zip":"12345"},{"zip":"12345"},{"zip":"12345"}]}"#,
    ] {
        let error = serde_json::from_str::<NewUser>(bad).unwrap_err().to_string();
        assert!(error.starts_with("the value breaks a rule of its type"), "{error}");
    }
    for bad in [
        r#"{"userName":"alice","age":42,"madeBy":"me"}"#,
        r#"{"userName":"alice","age":42,"isAdmin":true}"#,
        r#"{"userName":"alice","age":42,"age":42}"#,
        r#"{"userName":"alice","age":"42"}"#,
        r#"{"userName":"alice","age":42.0}"#,
        r#"{"userName":"alice"}"#,
    ] {
        assert!(!reads::<NewUser>(bad), "{bad}");
    }
}

#[derive(Debug, Input)]
#[input(crate = crate)]
struct Count(#[garde(range(min = 1))] u32);

#[derive(Debug, Input)]
#[input(crate = crate)]
struct Pair(#[garde(dive)] Count, #[garde(length(max = 3))] String);

#[derive(Debug, Input)]
#[input(crate = crate)]
struct Nothing;

#[derive(Debug, Input)]
#[input(crate = crate)]
struct Empty {}

#[test]
fn tuples_and_units_are_read() {
    assert!(reads::<Count>("1") && !reads::<Count>("0"));
    assert!(reads::<Pair>(r#"[1,"abc"]"#) && !reads::<Pair>(r#"[0,"abc"]"#) && !reads::<Pair>(r#"[1,"abcd"]"#));
    assert!(reads::<Nothing>("null") && !reads::<Nothing>("1"));
    assert!(reads::<Empty>("{}") && !reads::<Empty>(r#"{"a":1}"#));
}

#[derive(Debug, Input)]
#[input(crate = crate)]
struct Page<T: Input + garde::Validate<Context = ()>, U>
where
    U: Clone,
{
    #[garde(length(max = 2), dive)]
    items: Vec<T>,
    #[garde(skip)]
    extra: Option<U>,
    #[garde(skip)]
    #[serde(skip)]
    of: PhantomData<U>,
    #[garde(dive)]
    next: Option<Box<Self>>,
}

#[test]
fn generic_types_are_read() {
    let page: Page<Address, u8> =
        serde_json::from_str(r#"{"items":[{"zip":"12345"}],"extra":7,"next":{"items":[],"next":null}}"#).unwrap();
    assert_eq!((page.items.len(), page.extra, page.next.unwrap().items.len()), (1, Some(7), 0));
    assert_eq!(page.of, PhantomData);
    assert!(!reads::<Page<Address, u8>>(r#"{"items":[{"zip":"1"}]}"#));
    assert!(!reads::<Page<Address, u8>>(r#"{"items":[],"next":{"items":[{"zip":"1"}]}}"#));
}

#[derive(Debug, Input)]
#[input(crate = crate)]
struct Login {
    #[garde(length(bytes, min = 2, max = 200))]
    password: Secret<String>,
    #[garde(length(max = 2), dive)]
    labels: Option<HashMap<String, Label>>,
    #[garde(inner(length(max = 2), inner(length(max = 3))))]
    codes: Option<Vec<String>>,
}

#[derive(Debug, Input)]
#[input(crate = crate)]
struct Label(#[garde(length(max = 3))] String);

#[test]
fn secrets_options_and_maps_are_bounded() {
    assert!(reads::<Login>(r#"{"password":"hunter2","labels":{"a":"abc"},"codes":["abc"]}"#));
    for bad in [
        r#"{"password":"x"}"#,
        r#"{"password":"xx","labels":{"a":"abcd"}}"#,
        r#"{"password":"xx","labels":{"a":"","b":"","c":""}}"#,
        r#"{"password":"xx","codes":["","",""]}"#,
        r#"{"password":"xx","codes":["abcd"]}"#,
    ] {
        let error = serde_json::from_str::<Login>(bad).unwrap_err();
        assert!(!error.to_string().contains("abcd"), "{error}");
    }
    let login: Login = serde_json::from_str(r#"{"password":"hunter2"}"#).unwrap();
    assert_eq!((login.password.expose().as_str(), login.labels.is_none(), login.codes), ("hunter2", true, None));
}

#[derive(Debug, Input)]
#[input(crate = crate)]
#[garde(context(Limits as limits))]
#[garde(custom(in_order))]
struct Range {
    #[garde(range(max = limits.most))]
    from: u32,
    #[garde(skip)]
    to: u32,
}

struct Limits {
    most: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { most: 10 }
    }
}

fn in_order(range: &Range, _: &Limits) -> garde::Result {
    if range.from <= range.to { Ok(()) } else { Err(garde::Error::new("ends before it begins")) }
}

#[test]
fn contexts_and_rules_across_fields_hold() {
    assert!(reads::<Range>(r#"{"from":10,"to":10}"#));
    assert!(!reads::<Range>(r#"{"from":11,"to":12}"#));
    assert!(!reads::<Range>(r#"{"from":2,"to":1}"#));
}

#[derive(Debug, Input, PartialEq)]
#[input(crate = crate)]
enum External {
    Unit,
    New(#[garde(range(max = 9))] u8),
    Pair(#[garde(range(max = 9))] u8, #[garde(skip)] bool),
    #[serde(rename_all = "camelCase")]
    Named {
        #[garde(length(max = 3))]
        some_text: String,
    },
}

#[derive(Debug, Input, PartialEq)]
#[input(crate = crate)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Internal {
    Unit,
    Named {
        #[garde(length(max = 3))]
        text: String,
    },
}

#[derive(Debug, Input, PartialEq)]
#[input(crate = crate)]
#[serde(tag = "t", content = "c")]
enum Adjacent {
    Unit,
    New(#[garde(range(max = 9))] u8),
    Named {
        #[garde(length(max = 3))]
        text: String,
    },
}

#[derive(Debug, Input, PartialEq)]
#[input(crate = crate)]
#[serde(untagged)]
enum Untagged {
    Number(#[garde(range(max = 9))] u8),
    Named {
        #[garde(length(max = 3))]
        text: String,
    },
}

#[test]
fn enums_are_read_in_all_representations() {
    assert!(reads::<External>(r#""Unit""#) && reads::<External>(r#"{"New":9}"#) && reads::<External>(r#"{"Pair":[9,true]}"#));
    assert!(reads::<External>(r#"{"Named":{"someText":"abc"}}"#));
    for bad in
        [r#"{"New":10}"#, r#"{"Pair":[10,true]}"#, r#"{"Named":{"someText":"abcd"}}"#, r#"{"Named":{"someText":"","x":1}}"#]
    {
        assert!(!reads::<External>(bad), "{bad}");
    }
    assert!(reads::<Internal>(r#"{"type":"unit"}"#) && reads::<Internal>(r#"{"type":"named","text":"abc"}"#));
    assert!(!reads::<Internal>(r#"{"type":"named","text":"abcd"}"#) && !reads::<Internal>(r#"{"type":"named","text":"","x":1}"#));
    assert!(reads::<Adjacent>(r#"{"t":"Unit"}"#) && reads::<Adjacent>(r#"{"t":"New","c":9}"#));
    assert!(reads::<Adjacent>(r#"{"t":"Named","c":{"text":"abc"}}"#));
    for bad in [r#"{"t":"New","c":10}"#, r#"{"t":"Named","c":{"text":"abcd"}}"#, r#"{"t":"New","c":1,"x":1}"#] {
        assert!(!reads::<Adjacent>(bad), "{bad}");
    }
    assert!(reads::<Untagged>("9") && reads::<Untagged>(r#"{"text":"abc"}"#));
    for bad in ["10", r#"{"text":"abcd"}"#, r#"{"text":"","x":1}"#] {
        assert!(!reads::<Untagged>(bad), "{bad}");
    }
}
