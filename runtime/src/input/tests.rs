//! Input types read by serde alone: there is no way to a value that breaks its rules.

mod enums;
mod flat;
mod quiet;
mod strict;

use crate::{Input, Secret, input::Inputs};
use serde::de::DeserializeOwned;
use std::{
    collections::{BTreeMap, HashMap},
    marker::PhantomData,
};

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
    #[input(unbounded = "a number in these tests")]
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
    #[input(keys(max = 9))]
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

#[derive(Debug, Input)]
#[input(crate = crate)]
struct Profile {
    #[garde(length(chars, min = 3, max = 9))]
    #[input(sanitize(trim, lowercase, custom = no_dots))]
    name: String,
    #[garde(length(max = 100))]
    #[input(allow(newlines), sanitize(trim))]
    biography: Option<String>,
    #[garde(length(max = 3), inner(length(max = 9)))]
    tags: Vec<String>,
    #[garde(skip)]
    #[input(unbounded = "the limit of the body is enough")]
    note: String,
}

fn no_dots(text: &mut String) {
    text.retain(|character| character != '.');
}

#[derive(Debug, Input)]
#[input(crate = crate)]
enum Contact {
    Mail(
        #[garde(length(max = 9))]
        #[input(sanitize(trim))]
        String,
    ),
    Post {
        #[garde(length(max = 9))]
        #[input(sanitize(uppercase))]
        town: String,
    },
}

#[test]
fn text_is_sanitized_before_the_rules_see_it() {
    let profile: Profile =
        serde_json::from_str(r#"{"name":"  A.lice           ","biography":" a\nb ","tags":[],"note":""}"#).unwrap();
    assert_eq!((profile.name.as_str(), profile.biography.as_deref()), ("alice", Some("a\nb")));
    assert_eq!((profile.tags.len(), profile.note.as_str()), (0, ""));
    assert!(!reads::<Profile>(r#"{"name":"  a.b  ","tags":[],"note":""}"#));
    assert!(matches!(serde_json::from_str::<Contact>(r#"{"Mail":" a@b           "}"#), Ok(Contact::Mail(mail)) if mail == "a@b"));
    assert!(matches!(serde_json::from_str::<Contact>(r#"{"Post":{"town":"ulm"}}"#), Ok(Contact::Post { town }) if town == "ULM"));
}

#[test]
fn what_is_not_seen_in_text_is_refused_wherever_it_is() {
    let profile = |name: &str, biography: &str, tag: &str, note: &str| {
        let json = serde_json::json!({"name": name, "biography": biography, "tags": [tag], "note": note});
        reads::<Profile>(&json.to_string())
    };
    assert!(profile("alice", "a\nb", "c", "d"));
    for bad in ["\u{202e}abc", "ab\u{200b}c", "abc\0d", "\u{1b}[31m"] {
        assert!(!profile(bad, "", "", "") && !profile("alice", bad, "", "") && !profile("alice", "", bad, ""), "{bad:?}");
        assert!(!profile("alice", "", "", bad), "skipped fields are no way around: {bad:?}");
    }
    assert!(!profile("alice", "", "a\nb", ""));
}

#[cfg(feature = "openapi")]
#[test]
fn the_schema_says_what_the_rules_say() {
    /// Somebody who signs up.
    #[derive(Debug, Input)]
    #[input(crate = crate)]
    #[serde(rename_all = "camelCase")]
    struct SignUp {
        /// How to call them.
        #[garde(length(chars, min = 3, max = 50), ascii)]
        user_name: String,
        #[garde(range(min = -1, max = 150))]
        age: Option<i32>,
        #[garde(length(max = 2), inner(length(chars, max = 9), pattern("^[a-z]+$")))]
        tags: Vec<String>,
        #[garde(length(bytes, min = 8, max = 200))]
        password: Secret<String>,
        #[garde(email)]
        email: String,
        #[serde(skip)]
        made_by: String,
    }

    let schema = serde_json::to_value(schemars::schema_for!(SignUp)).unwrap();
    let sign_up: SignUp =
        serde_json::from_str(r#"{"userName":"alice","age":1,"tags":["a"],"password":"hunter2hunter2","email":"a@example.com"}"#)
            .unwrap();
    assert_eq!((sign_up.user_name.as_str(), sign_up.age, sign_up.tags.len()), ("alice", Some(1), 1));
    assert_eq!((sign_up.password.expose().len(), sign_up.email.len(), sign_up.made_by.len()), (14, 13, 0));
    assert_eq!(schema["description"], "Somebody who signs up.");
    assert_eq!(schema["additionalProperties"], false);
    let of = |field: &str, key: &str| schema["properties"][field][key].clone();
    assert_eq!(
        (of("userName", "minLength"), of("userName", "maxLength"), of("userName", "pattern")),
        (3.into(), 50.into(), "^[ -~]*$".into())
    );
    assert_eq!(of("userName", "description"), "How to call them.");
    assert_eq!((of("age", "minimum"), of("age", "maximum")), ((-1).into(), 150.into()));
    assert_eq!((of("tags", "maxItems"), of("tags", "items")["pattern"].clone()), (2.into(), "^[a-z]+$".into()));
    // Bytes are no characters: a character has four of them at most.
    assert_eq!((of("password", "minLength"), of("password", "maxLength")), (2.into(), 200.into()));
    assert_eq!(of("password", "x-length-in"), "bytes");
    assert_eq!(of("email", "format"), "email");
    assert_eq!(schema["properties"].get("madeBy"), None);
    assert_eq!(schema["required"], serde_json::json!(["userName", "tags", "password", "email"]));
}

#[test]
fn a_key_of_a_map_is_given_once() {
    #[derive(Debug, Input)]
    #[input(crate = crate)]
    struct Maps<K: Ord + DeserializeOwned> {
        #[garde(length(max = 9))]
        #[input(unbounded = "a number in this test")]
        #[serde(default)]
        of_numbers: BTreeMap<K, u8>,
        #[garde(length(max = 9), dive)]
        #[input(keys(max = 4))]
        #[serde(default, rename = "labels")]
        of_labels: HashMap<String, Label>,
    }

    let maps: Maps<u8> = serde_json::from_str(r#"{"of_numbers":{"1":1,"2":1},"labels":{"a":"x","äöüß":"x"}}"#).unwrap();
    assert_eq!((maps.of_numbers.len(), maps.of_labels.len()), (2, 2));
    assert!(reads::<Maps<u8>>("{}"));
    for bad in [
        r#"{"of_numbers":{"1":1,"1":2}}"#,
        r#"{"labels":{"a":"x","\u0061":"y"}}"#,
        r#"{"labels":{"a":"long"}}"#,
        r#"{"labels":{"abcde":"x"}}"#,
        r#"{"labels":{"a\u202e":"x"}}"#,
        r#"{"labels":[]}"#,
    ] {
        assert!(!reads::<Maps<u8>>(bad), "{bad}");
    }
}

mod hex {
    use serde::{Deserialize, Deserializer, de::Error};

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
        u32::from_str_radix(&String::deserialize(deserializer)?, 16).map_err(|_| D::Error::custom("not hexadecimal"))
    }
}

#[test]
fn the_attributes_of_serde_keep_working() {
    #[derive(Debug, Input)]
    #[input(crate = crate)]
    #[serde(default, rename_all(deserialize = "SCREAMING-KEBAB-CASE"))]
    struct Settings {
        #[garde(range(max = 255))]
        #[serde(with = "hex")]
        #[schemars(with = "String")]
        main_colour: u32,
        #[garde(range(max = 9))]
        #[serde(alias = "depth")]
        depth_of_it: u8,
    }

    impl Default for Settings {
        fn default() -> Self {
            Self { main_colour: 1, depth_of_it: 2 }
        }
    }

    #[derive(Debug, Input)]
    #[input(crate = crate)]
    #[serde(try_from = "Count")]
    struct Even(#[garde(range(max = 9))] u32);

    impl TryFrom<Count> for Even {
        type Error = &'static str;

        fn try_from(Count(count): Count) -> Result<Self, Self::Error> {
            assert_ne!(count, 0, "what breaks the rules of `Count` comes to nobody");
            if count % 2 == 0 { Ok(Self(count)) } else { Err("odd") }
        }
    }

    #[derive(Debug, Input)]
    #[input(crate = crate)]
    #[serde(transparent)]
    struct Clear {
        #[garde(range(max = 9))]
        inner: u32,
    }

    let settings: Settings = serde_json::from_str(r#"{"MAIN-COLOUR":"ff"}"#).unwrap();
    assert_eq!((settings.main_colour, settings.depth_of_it), (255, 2));
    assert!(reads::<Settings>(r#"{"depth":9}"#) && !reads::<Settings>(r#"{"depth":10}"#));
    assert!(!reads::<Settings>(r#"{"MAIN-COLOUR":"100"}"#) && !reads::<Settings>(r#"{"MAIN-COLOUR":255}"#));
    assert!(matches!(serde_json::from_str("8"), Ok(Even(8))));
    assert!(!reads::<Even>("7") && !reads::<Even>("10") && !reads::<Even>("0"));
    // Not even while errors are collected.
    let unchecked = Inputs::Unchecked.set();
    assert!(!reads::<Even>("0"));
    assert!(reads::<Count>("0"));
    drop(unchecked);
    assert!(!reads::<Count>("0"), "and no longer than that");
    assert!(matches!(serde_json::from_str("9"), Ok(Clear { inner: 9 })));
    assert!(!reads::<Clear>("10"));
}
