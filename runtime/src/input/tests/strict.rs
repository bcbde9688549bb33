//! What another reader would take for a value of the type, and an input does not: lists for objects, numbers for names, and their like.

use super::reads;
use crate::{Input, validate::tests::reads_document};
use std::collections::HashMap;

#[derive(Debug, Input)]
#[input(crate = crate)]
struct Pair {
    #[garde(length(max = 9))]
    name: String,
    #[garde(range(max = 9))]
    number: u8,
}

#[derive(Debug, Input)]
#[input(crate = crate)]
struct Generic<T: Input<Context = ()>> {
    #[garde(dive)]
    inner: T,
}

#[derive(Debug, Input)]
#[input(crate = crate)]
enum External {
    Named {
        #[garde(length(max = 9))]
        name: String,
    },
    Tuple(#[garde(length(max = 9))] String, #[garde(skip)] bool),
    Inner(#[garde(dive)] Pair),
}

#[derive(Debug, Input)]
#[input(crate = crate)]
#[serde(tag = "type")]
enum Internal {
    Unit,
    Named {
        #[garde(length(max = 9))]
        name: String,
    },
    Inner(#[garde(dive)] Pair),
    Map(
        #[garde(length(max = 9))]
        #[input(unbounded = "a test")]
        HashMap<String, bool>,
    ),
}

#[derive(Debug, Input)]
#[input(crate = crate)]
#[serde(tag = "t", content = "c")]
enum Adjacent {
    Named {
        #[garde(length(max = 9))]
        name: String,
    },
    Tuple(#[garde(length(max = 9))] String, #[garde(skip)] bool),
    Inner(#[garde(dive)] Pair),
}

#[derive(Debug, Input)]
#[input(crate = crate)]
#[serde(untagged)]
enum Untagged {
    Named {
        #[garde(length(max = 9))]
        name: String,
    },
    Inner(#[garde(dive)] Internal),
    Adjacent(#[garde(dive)] Adjacent),
    Colour(#[garde(dive)] Colour),
}

#[derive(Debug, Input)]
#[input(crate = crate)]
enum Colour {
    Red,
    Green,
}

/// Whether it is read, which must be the same for every reader.
fn takes<T: Input>(json: &str) -> bool {
    let plain = reads::<T>(json);
    assert_eq!(serde_json::from_value::<T>(serde_json::from_str(json).unwrap()).is_ok(), plain, "as a value: {json}");
    assert_eq!(reads_document::<T>(json), plain, "as a document: {json}");
    plain
}

#[test]
fn a_list_is_no_struct() {
    assert!(takes::<Pair>(r#"{"name":"a","number":1}"#));
    for list in [r#"["a",1]"#, "[]", r#"["a"]"#, r#"["a",1,2]"#, r#"[["name","a"],["number",1]]"#] {
        assert!(!takes::<Pair>(list), "{list}");
        assert!(!takes::<Generic<Pair>>(&format!(r#"{{"inner":{list}}}"#)), "{list}");
        assert!(!takes::<External>(&format!(r#"{{"Inner":{list}}}"#)), "{list}");
        assert!(!takes::<Adjacent>(&format!(r#"{{"t":"Inner","c":{list}}}"#)), "{list}");
        assert!(!takes::<Few<Pair>>(&format!("[{list}]")), "{list}");
    }
    assert!(takes::<Few<Pair>>(r#"[{"name":"a","number":1}]"#));
    assert!(takes::<Generic<Pair>>(r#"{"inner":{"name":"a","number":1}}"#));
    assert!(!takes::<Generic<Pair>>(r#"[{"name":"a","number":1}]"#));
}

#[derive(Debug, Input)]
#[input(crate = crate)]
struct Few<T: Input<Context = ()>>(#[garde(length(max = 2), dive)] Vec<T>);

#[test]
fn a_list_is_no_variant_with_named_fields_and_no_tagged_enum() {
    assert!(takes::<External>(r#"{"Named":{"name":"a"}}"#) && !takes::<External>(r#"{"Named":["a"]}"#));
    assert!(takes::<External>(r#"{"Tuple":["a",true]}"#) && !takes::<External>(r#"["Named",{"name":"a"}]"#));
    assert!(takes::<Internal>(r#"{"type":"Named","name":"a"}"#) && takes::<Internal>(r#"{"type":"Unit"}"#));
    assert!(takes::<Internal>(r#"{"type":"Map","1":true}"#));
    for list in [
        r#"["Unit"]"#,
        r#"["Named","a"]"#,
        r#"["Named",["a"]]"#,
        r#"["Inner","a",1]"#,
        r#"["Inner",{"name":"a","number":1}]"#,
        r#"["Map"]"#,
    ] {
        assert!(!takes::<Internal>(list), "{list}");
        assert!(!takes::<Untagged>(list), "{list}");
    }
    assert!(takes::<Adjacent>(r#"{"t":"Named","c":{"name":"a"}}"#) && takes::<Adjacent>(r#"{"t":"Tuple","c":["a",true]}"#));
    for list in [r#"["Named",{"name":"a"}]"#, r#"["Tuple",["a",true]]"#, r#"{"t":"Named","c":["a"]}"#] {
        assert!(!takes::<Adjacent>(list), "{list}");
    }
    assert!(takes::<Untagged>(r#"{"name":"a"}"#) && !takes::<Untagged>(r#"["a"]"#));
}

#[test]
fn a_number_is_no_name_and_nothing_is_no_value() {
    assert!(takes::<Colour>(r#""Red""#) && takes::<Colour>(r#""Green""#));
    for bad in ["0", "1", "null", r#"{"0":null}"#, r#"["Red"]"#, "true"] {
        assert!(!takes::<Colour>(bad), "{bad}");
        assert!(!takes::<Untagged>(bad), "{bad}");
    }
    for bad in
        [r#"{"type":0}"#, r#"{"type":1,"name":"a"}"#, r#"{"type":null}"#, r#"{"type":["Unit"]}"#, r#"{"type":{"Unit":null}}"#]
    {
        assert!(!takes::<Internal>(bad), "{bad}");
        assert!(!takes::<Untagged>(bad), "{bad}");
    }
    assert!(takes::<Untagged>(r#"{"t":"Named","c":{"name":"a"}}"#));
    for bad in [r#"{"t":0,"c":{"name":"a"}}"#, r#"{"t":null,"c":{"name":"a"}}"#] {
        assert!(!takes::<Adjacent>(bad) && !takes::<Untagged>(bad), "{bad}");
    }
    for bad in [
        r#"{"name":"a","number":"1"}"#,
        r#"{"name":"a","number":1.0}"#,
        r#"{"name":"a","number":true}"#,
        r#"{"name":"a","number":null}"#,
        r#"{"name":1,"number":1}"#,
        r#"{"name":null,"number":1}"#,
        r#"{"name":["a"],"number":1}"#,
        r#"{"name":"a","number":257}"#,
        r#"{"name":"a","number":-1}"#,
    ] {
        assert!(!takes::<Pair>(bad), "{bad}");
    }
}

#[derive(Debug, Input)]
#[input(crate = crate)]
struct Flags {
    #[garde(skip)]
    flag: bool,
    #[garde(skip)]
    unit: (),
    #[garde(skip)]
    #[serde(default)]
    with_default: u8,
    #[garde(skip)]
    colour: Option<Colour>,
}

#[test]
fn a_flag_is_true_or_false_and_a_default_is_for_what_is_missing() {
    assert!(takes::<Flags>(r#"{"flag":true,"unit":null,"colour":null}"#));
    for bad in [
        r#"{"flag":1,"unit":null}"#,
        r#"{"flag":"true","unit":null}"#,
        r#"{"flag":null,"unit":null}"#,
        r#"{"flag":true,"unit":0}"#,
        r#"{"flag":true,"unit":[]}"#,
        r#"{"flag":true,"unit":{}}"#,
        r#"{"flag":true,"unit":null,"with_default":null}"#,
        r#"{"flag":true,"unit":null,"colour":0}"#,
        r#"{"flag":true,"unit":null,"colour":[]}"#,
    ] {
        assert!(!takes::<Flags>(bad), "{bad}");
    }
}

#[derive(Debug, Input)]
#[input(crate = crate)]
struct Numbers {
    #[garde(skip)]
    double: f64,
    #[garde(skip)]
    maybe: Option<f64>,
    #[garde(skip)]
    #[serde(default)]
    single: f32,
}

#[test]
fn an_integer_is_not_made_another_one() {
    for good in [
        r#"{"double":0}"#,
        r#"{"double":-1.5,"maybe":null}"#,
        r#"{"double":9007199254740992,"maybe":-9007199254740992}"#,
        r#"{"double":18446744073709549568,"single":16777216}"#,
        r#"{"double":0.1,"maybe":0.1,"single":0.1}"#,
        r#"{"double":-9223372036854775808}"#,
    ] {
        assert!(takes::<Numbers>(good), "{good}");
    }
    for bad in [
        r#"{"double":9007199254740993}"#,
        r#"{"double":-9007199254740993}"#,
        r#"{"double":18446744073709551615}"#,
        r#"{"double":0,"maybe":9007199254740993}"#,
        r#"{"double":0,"single":16777217}"#,
        r#"{"double":0,"single":1e39}"#,
        r#"{"double":"1"}"#,
        r#"{"double":null}"#,
        r#"{"double":true}"#,
        r#"{"maybe":1}"#,
    ] {
        assert!(!takes::<Numbers>(bad), "{bad}");
    }
    let numbers: Numbers = serde_json::from_str(r#"{"double":3}"#).unwrap();
    assert_eq!((numbers.double.to_bits(), numbers.maybe, numbers.single.to_bits()), (3.0_f64.to_bits(), None, 0));
}
