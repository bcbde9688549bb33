//! Inputs with the fields of another one among their own: no field that nobody declares, none twice, none without its rules.

use super::reads;
use crate::{
    Input,
    validate::tests::{details, json, places, reads_document},
};

#[derive(Debug, Input)]
#[input(crate = crate)]
struct Person {
    #[garde(length(max = 9))]
    name: String,
    #[garde(dive)]
    #[serde(flatten)]
    address: Address,
    #[garde(dive)]
    #[serde(flatten)]
    paid: Paid,
}

#[derive(Debug, Input)]
#[input(crate = crate)]
#[serde(rename_all = "camelCase")]
struct Address {
    #[garde(length(max = 5))]
    #[serde(rename = "zip", alias = "plz")]
    post_code: String,
    #[garde(length(max = 9))]
    #[input(sanitize(trim, uppercase))]
    home_town: Option<String>,
    #[garde(dive)]
    #[serde(default)]
    geo: Option<Geo>,
}

#[derive(Debug, Input)]
#[input(crate = crate)]
struct Geo {
    #[garde(range(max = 90))]
    lat: i32,
}

#[derive(Debug, Input)]
#[input(crate = crate)]
struct Paid {
    #[garde(skip)]
    #[serde(default)]
    paid: bool,
    #[garde(length(max = 3), inner(length(max = 3)))]
    #[serde(default)]
    notes: Vec<String>,
}

fn takes(json: &str) -> bool {
    let plain = reads::<Person>(json);
    assert_eq!(serde_json::from_value::<Person>(serde_json::from_str(json).unwrap()).is_ok(), plain, "as a value: {json}");
    assert_eq!(reads_document::<Person>(json), plain, "as a document: {json}");
    plain
}

#[test]
fn the_fields_of_another_input_are_read_with_their_rules() {
    let person: Person = serde_json::from_str(r#"{"plz":"12345","paid":true,"name":"alice","homeTown":" ulm "}"#).unwrap();
    assert_eq!((person.name.as_str(), person.address.post_code.as_str(), person.paid.paid), ("alice", "12345", true));
    assert_eq!(person.address.home_town.as_deref(), Some("ULM"));
    assert!(takes(r#"{"name":"a","zip":"1"}"#) && takes(r#"{"name":"a","zip":"1","geo":{"lat":1},"notes":["a"]}"#));
    for bad in [
        r#"{"name":"a"}"#,
        r#"{"zip":"1"}"#,
        r#"{"name":"a","zip":"123456"}"#,
        r#"{"name":"a","zip":"1\u0000"}"#,
        r#"{"name":"a","zip":1}"#,
        r#"{"name":"a","zip":null}"#,
        r#"{"name":"a","zip":"1","geo":{"lat":91}}"#,
        r#"{"name":"a","zip":"1","geo":[1]}"#,
        r#"{"name":"a","zip":"1","geo":{"lat":1,"x":1}}"#,
        r#"{"name":"a","zip":"1","paid":1}"#,
        r#"{"name":"a","zip":"1","paid":null}"#,
        r#"["a","1"]"#,
        r#"["a"]"#,
        r#"{"name":"a","address":{"zip":"1"}}"#,
    ] {
        assert!(!takes(bad), "{bad}");
    }
}

#[test]
fn a_field_that_nobody_declares_is_refused_and_so_is_one_that_is_there_twice() {
    for bad in [
        r#"{"name":"a","zip":"1","isAdmin":true}"#,
        r#"{"isAdmin":true,"name":"a","zip":"1"}"#,
        r#"{"name":"a","zip":"1","address":{}}"#,
        r#"{"name":"a","zip":"1","":1}"#,
        r#"{"name":"a","zip":"1","post_code":"1"}"#,
    ] {
        assert!(!takes(bad), "{bad}");
        assert!(!serde_json::from_str::<Person>(bad).unwrap_err().to_string().contains("isAdmin"), "{bad}");
    }
    for twice in [
        r#"{"name":"a","zip":"1","zip":"1"}"#,
        r#"{"name":"a","zip":"1","plz":"1"}"#,
        r#"{"name":"a","name":"a","zip":"1"}"#,
        r#"{"name":"a","zip":"1","paid":true,"paid":true}"#,
    ] {
        assert!(!reads::<Person>(twice) && !reads_document::<Person>(twice), "{twice}");
    }
}

#[tokio::test]
async fn an_error_is_at_its_place() {
    for (body, expected) in [
        (r#"{"name":"a","zip":"123456"}"#, "#/zip length"),
        (r#"{"name":"a","plz":"123456"}"#, "#/plz length"),
        (r#"{"name":"a","zip":"1","homeTown":"0123456789"}"#, "#/homeTown length"),
        // What serde has kept has no names, so that is as far as the place is known.
        (r#"{"name":"a","zip":"1","geo":{"lat":91}}"#, "#/geo range"),
        (r#"{"name":"a","zip":"1","notes":["a","long"]}"#, "#/notes/1 length"),
        (r#"{"name":"a","zip":"1","notes":["a","\u0000"]}"#, "#/notes/1 text"),
        (r#"{"name":"a","zip":7}"#, "#/zip type"),
        (r#"{"name":"a","zip":"1","notes":["a",7]}"#, "#/notes type"),
        (r#"{"name":"a","zip":"1","geo":{"lat":"x"}}"#, "#/geo type"),
        (r#"{"name":7,"zip":"1"}"#, "#/name type"),
        (r#"{"name":"a"}"#, "#/zip required"),
        (r#"{"name":"a","zip":"1","isAdmin":true}"#, "# unknown_field"),
    ] {
        assert_eq!(places(json::<Person>(body).await), [expected], "{body}");
    }
    let both = json::<Person>(r#"{"name":"0123456789","zip":"123456","notes":["long"]}"#).await;
    assert_eq!(places(both), ["#/name length", "#/notes/0 length", "#/zip length"]);
    assert_eq!(details(json::<Person>(r#"{"name":"a","zip":"1","x":1}"#).await), ["has a field that is not declared"]);
}

#[cfg(feature = "openapi")]
#[test]
fn the_schema_has_the_fields_of_both_and_no_others() {
    let schema = serde_json::to_value(schemars::schema_for!(Person)).unwrap();
    let mut names: Vec<&str> = schema["properties"].as_object().unwrap().keys().map(String::as_str).collect();
    names.sort_unstable();
    assert_eq!(names, ["geo", "homeTown", "name", "notes", "paid", "zip"], "{schema:#}");
    assert_eq!(schema["required"], serde_json::json!(["name", "zip"]), "{schema:#}");
    assert_eq!(schema["additionalProperties"], false, "{schema:#}");
    assert_eq!(schema["properties"]["zip"]["maxLength"], 5, "{schema:#}");
}
