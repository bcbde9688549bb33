//! Pointers are in the names of the wire, for what serde finds wrong and for what garde does.

use super::{json, places};
use garde::Validate;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};

#[derive(Clone, Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
struct Person {
    #[garde(length(min = 3))]
    first_name: String,
    #[garde(dive)]
    #[serde(default)]
    home_address: Option<Address>,
    #[garde(dive)]
    #[serde(default)]
    other_addresses: Vec<Address>,
    #[garde(length(min = 1))]
    #[serde(default = "one_hobby")]
    main_hobbies: Vec<String>,
    #[garde(inner(length(min = 2)))]
    #[serde(default, rename = "alias~/")]
    nick_name: Option<String>,
}

fn one_hobby() -> Vec<String> {
    vec!["reading".to_owned()]
}

#[derive(Clone, Debug, Deserialize, Validate)]
#[serde(rename_all = "kebab-case")]
struct Address {
    #[garde(length(max = 3))]
    street_name: String,
    #[garde(range(max = 9))]
    #[serde(rename = "Zip")]
    zip: u32,
}

#[tokio::test]
async fn nested_lists_and_options_are_followed_in_both_passes() {
    let body = r#"{
        "firstName": "A",
        "homeAddress": {"street-name": "long", "Zip": 10},
        "otherAddresses": [{"street-name": "ok", "Zip": 1}, {"street-name": "long", "Zip": 1}],
        "mainHobbies": [],
        "alias~/": "x"
    }"#;
    let expected = [
        "#/firstName length",
        "#/homeAddress/Zip range",
        "#/homeAddress/street-name length",
        "#/mainHobbies length",
        "#/otherAddresses/1/street-name length",
    ];
    let places_of = places(json::<Person>(body).await);
    // `nick_name` and `alias~/` have no letters in common, so this one points to the parent.
    assert_eq!(places_of, [&["# length"], &expected[..]].concat());

    for (body, place) in [
        (r#"{"firstName":"Ann","homeAddress":{"street-name":"x"}}"#, "#/homeAddress/Zip required"),
        (r#"{"firstName":"Ann","homeAddress":{"street-name":"x","Zip":"1"}}"#, "#/homeAddress/Zip type"),
        (r#"{"firstName":"Ann","otherAddresses":[{"street-name":"x","Zip":1},7]}"#, "#/otherAddresses/1 type"),
        (r#"{"firstName":"Ann","otherAddresses":[{"street-name":1,"Zip":1}]}"#, "#/otherAddresses/0/street-name type"),
        (r#"{"firstName":"Ann","alias~/":1}"#, "#/alias~0~1 type"),
    ] {
        assert_eq!(places(json::<Person>(body).await), [place], "{body}");
    }
}

#[tokio::test]
async fn a_field_that_is_absent_is_named_as_declared() {
    #[derive(Clone, Debug, Deserialize, Validate)]
    #[serde(rename_all = "SCREAMING-KEBAB-CASE")]
    struct Outer {
        #[garde(dive)]
        inner_part: Inner,
        #[garde(required)]
        #[serde(default)]
        top_level: Option<u8>,
    }

    #[derive(Clone, Debug, Deserialize, Validate)]
    #[serde(rename_all = "PascalCase")]
    struct Inner {
        #[garde(required)]
        not_given: Option<u8>,
        #[garde(required)]
        #[serde(alias = "alsoKnown", alias = "ALSO_KNOWN")]
        also_known: Option<u8>,
    }

    let places_of = places(json::<Outer>(r#"{"INNER-PART":{"ALSO_KNOWN":null}}"#).await);
    assert_eq!(places_of, ["#/INNER-PART/ALSO_KNOWN required", "#/INNER-PART/NotGiven required", "#/TOP-LEVEL required"]);
}

#[tokio::test]
async fn newtypes_and_transparent_types_add_nothing() {
    #[derive(Clone, Debug, Deserialize, Validate)]
    struct Order {
        #[garde(dive)]
        plain: Count,
        #[garde(dive)]
        clear: Clear,
        #[garde(dive)]
        pair: (Count, Count),
    }

    #[derive(Clone, Debug, Deserialize, Validate)]
    struct Count(#[garde(range(max = 9))] u8);

    #[derive(Clone, Debug, Deserialize, Validate)]
    #[garde(transparent)]
    struct Clear(#[garde(range(max = 9))] u8);

    let places_of = places(json::<Order>(r#"{"plain":10,"clear":10,"pair":[9,10]}"#).await);
    assert_eq!(places_of, ["#/clear range", "#/pair/1 range", "#/plain range"]);
    assert_eq!(places(json::<Order>(r#"{"plain":1,"clear":1,"pair":[9]}"#).await), ["#/pair type"]);
    assert_eq!(places(json::<Order>(r#"{"plain":1,"clear":1,"pair":[9,9,9]}"#).await), ["#/pair type"]);
    assert_eq!(places(json::<Order>(r#"{"plain":1,"clear":1,"pair":[9,true]}"#).await), ["#/pair/1 type"]);
    assert_eq!(places(json::<Count>("10").await), ["# range"]);
}

#[tokio::test]
async fn flattened_fields_point_to_where_they_are_flattened_into() {
    #[derive(Clone, Debug, Deserialize, Validate)]
    #[serde(rename_all = "camelCase")]
    struct Search {
        #[garde(length(min = 3))]
        search_term: String,
        #[garde(dive)]
        #[serde(flatten)]
        page: Page,
    }

    #[derive(Clone, Debug, Deserialize, Validate)]
    struct Page {
        #[garde(range(max = 100))]
        size: u8,
    }

    assert_eq!(places(json::<Search>(r#"{"searchTerm":"ab","size":101}"#).await), ["# range", "#/searchTerm length"]);
    assert_eq!(places(json::<Search>(r#"{"searchTerm":1,"size":1}"#).await), ["#/searchTerm type"]);
    assert_eq!(places(json::<Search>(r#"{"searchTerm":"abc"}"#).await), ["#/size required"]);
    assert_eq!(places(json::<Search>(r#"{"searchTerm":"abc","size":true}"#).await), ["# type"]);
}

#[tokio::test]
async fn enums_are_followed_where_their_tag_can_be_seen() {
    #[derive(Clone, Debug, Deserialize, Validate)]
    #[serde(rename_all = "snake_case", rename_all_fields = "camelCase")]
    enum Shape {
        RoundOne {
            #[garde(range(max = 9))]
            radius_length: u8,
        },
        Square(#[garde(range(max = 9))] u8),
        #[serde(other)]
        Other,
    }

    #[derive(Clone, Debug, Deserialize, Validate)]
    #[serde(tag = "kind", rename_all = "snake_case")]
    enum Tagged {
        Round {
            #[garde(range(max = 9))]
            radius: u8,
        },
    }

    assert_eq!(places(json::<Shape>(r#"{"round_one":{"radiusLength":10}}"#).await), ["#/round_one/radiusLength range"]);
    assert_eq!(places(json::<Shape>(r#"{"round_one":{"radiusLength":true}}"#).await), ["#/round_one/radiusLength type"]);
    assert_eq!(places(json::<Shape>(r#"{"round_one":{}}"#).await), ["#/round_one/radiusLength required"]);
    assert_eq!(places(json::<Shape>(r#"{"square":10}"#).await), ["#/square range"]);
    assert_eq!(places(json::<Shape>(r#"{"square":"x"}"#).await), ["#/square type"]);
    assert_eq!(places(json::<Shape>(r#"{"square":1,"other":2}"#).await), ["# type"]);
    assert!(json::<Shape>(r#""whatever""#).await.is_ok());
    assert_eq!(places(json::<Shape>(r#"{"whatever":1}"#).await), ["# type"]);
    assert_eq!(places(json::<Tagged>(r#"{"kind":"round","radius":10}"#).await), ["# range"]);
    assert_eq!(places(json::<Tagged>(r#"{"kind":"round","radius":"x"}"#).await), ["# type"]);
}

#[tokio::test]
async fn pointers_stop_at_maps() {
    #[derive(Clone, Debug, Deserialize, Validate)]
    struct Labels {
        #[garde(dive)]
        #[serde(default)]
        by_name: HashMap<String, Label>,
        #[garde(dive)]
        #[serde(default)]
        by_number: BTreeMap<String, Label>,
        #[garde(skip)]
        #[serde(default)]
        #[expect(dead_code, reason = "only its keys matter")]
        counts: HashMap<u8, u8>,
    }

    #[derive(Clone, Debug, Deserialize, Validate)]
    struct Label {
        #[garde(length(max = 3))]
        text: String,
    }

    let places_of = places(json::<Labels>(r#"{"by_name":{"secret":{"text":"long"}},"by_number":{"7":{"text":"long"}}}"#).await);
    assert_eq!(places_of, ["#/by_name length", "#/by_number length"]);
    assert_eq!(places(json::<Labels>(r#"{"by_name":{"secret":{"text":7}}}"#).await), ["#/by_name type"]);
    assert_eq!(places(json::<Labels>(r#"{"by_name":{"text":{}}}"#).await), ["#/by_name type".replace("type", "required")]);
    assert_eq!(places(json::<Labels>(r#"{"counts":{"secret":1}}"#).await), ["#/counts type"]);
    assert_eq!(places(json::<Labels>(r#"{"counts":{"1":"secret"}}"#).await), ["#/counts type"]);
    assert!(json::<Labels>(r#"{"counts":{"1":1}}"#).await.is_ok());
}
