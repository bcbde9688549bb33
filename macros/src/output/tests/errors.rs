//! The words of the errors, each mistake once.

use super::{errors, errors_under};
use crate::{rule_book::BookSource, secure::tests::book_of};

#[track_caller]
fn field_is_refused(attributes: &str, words: &str) {
    let found = errors(&format!("struct Account {{ {attributes} field: String }}"));
    assert!(matches!(found.as_slice(), [one] if one.contains(words)), "{attributes}: {found:#?}");
}

#[test]
fn a_rule_is_written_as_the_table_says() {
    for attribute in ["#[visible]", "#[visible()]", r#"#[visible = "admin"]"#, "#[visible[authenticated]]"] {
        field_is_refused(attribute, r#"`#[visible]` is written `#[visible(role = "admin")]` or"#);
    }
    for attribute in ["#[mask]", "#[mask()]", "#[mask = 4]", "#[mask(4)]", "#[mask{all}]"] {
        field_is_refused(attribute, "`#[mask]` is written `#[mask(last = 4)]`, `#[mask(first = 2)]`");
    }
}

#[test]
fn a_predicate_is_held_to_the_rule_book() {
    field_is_refused(r#"#[visible(role = "admn")]"#, "unknown role `admn`: did you mean `admin`?");
    field_is_refused(r#"#[visible(scope = "admin")]"#, r#"it is a role, so write `role = "admin"`"#);
    field_is_refused(r#"#[visible(roles = "admin")]"#, "unknown predicate `roles`: did you mean `role`?");
    field_is_refused(r#"#[visible("admin")]"#, "a predicate is `any(…)`");
    field_is_refused("#[visible(any())]", "`any()` is empty");
    field_is_refused(r#"#[visible(role = "admin", role = "user")]"#, "`visible` takes exactly one predicate");
    field_is_refused(r#"#[visible(all(role = "admin", not(role = "user")))]"#, "nobody can meet");
    field_is_refused(r#"#[visible(not(role = "user"))]"#, r#"say so: `visible(all(authenticated, not(role = "user")))`"#);
}

#[test]
fn whoever_has_credentials_can_be_meant() {
    assert_eq!(errors("struct A { #[visible(authenticated)] field: String }"), [""; 0]);
}

#[test]
fn a_mask_shows_something_or_says_so() {
    field_is_refused("#[mask(last = 0)]", "this shows nothing; write `all`");
    for value in [r#"last = "4""#, "last", "last =", "last = -1", "last 4", "last = 4.5", "last(4)"] {
        field_is_refused(&format!("#[mask({value})]"), "`last` is a number of characters, as in `last = 4`");
    }
    field_is_refused("#[mask(last = 70000)]", "not a number of characters from 1 to 65535");
    field_is_refused("#[mask(last = 4, all)]", "`all` shows nothing, so nothing goes with it");
    field_is_refused("#[mask(all, first = 2)]", "`all` shows nothing, so nothing goes with it");
    field_is_refused("#[mask(all = 4)]", "`all` takes no value");
    field_is_refused("#[mask(last = 4, last = 2)]", "`last` is stated twice");
    field_is_refused("#[mask(end = 4)]", "unknown word `end` in `#[mask]`");
    field_is_refused("#[mask(last = 4 first = 2)]", "expected a comma here");
}

#[test]
fn each_rule_is_stated_once() {
    field_is_refused("#[mask(all)] #[mask(all)]", "`#[mask]` is stated twice; write both in one");
    field_is_refused(
        r#"#[visible(role = "user")] #[visible(role = "admin")]"#,
        "`#[visible]` is stated twice; join the predicates",
    );
}

#[test]
fn what_serde_would_not_ask_is_refused() {
    field_is_refused(r#"#[serde(skip)] #[visible(role = "admin")]"#, "`skip` leaves the field out for everybody");
    field_is_refused("#[serde(rename = \"x\", skip_serializing)] #[mask(all)]", "`skip_serializing` leaves the field out");
    field_is_refused(r#"#[serde(serialize_with = "f")] #[mask(all)]"#, "serde's `serialize_with` would not be asked");
    field_is_refused(r#"#[serde(with = "f")] #[mask(all)]"#, "serde's `with` would not be asked");
    field_is_refused("#[serde(flatten)] #[mask(all)]", "a flattened field has no text to mask");
}

#[test]
fn rules_stand_where_they_can_be_followed() {
    let refused = |item: &str, words: &str| {
        let found = errors(item);
        assert!(matches!(found.as_slice(), [one] if one.contains(words)), "{item}: {found:#?}");
    };
    refused(r#"#[visible(role = "admin")] struct A { x: u8 }"#, "a rule of a field; write it above the fields of the struct");
    refused("#[mask(all)] enum A { B }", "write it above the fields of the variants");
    refused("enum A { #[mask(all)] B { x: u8 } }", "write it above the fields of the variant");
    refused(r#"struct A(u8, #[visible(role = "admin")] u8);"#, "without a name");
    refused(r#"enum A { B(#[visible(role = "admin")] u8) }"#, "without a name");
    refused(r#"#[serde(transparent)] struct A { #[visible(role = "admin")] x: u8 }"#, "a transparent type is its one field");
    refused(r#"#[serde(tag = "t")] enum A { B(#[mask(all)] C) }"#, "an internally tagged variant is an object");
    refused(r#"enum A { #[serde(serialize_with = "f")] B { #[mask(all)] x: u8 } }"#, "writes the whole variant");
    refused(r#"#[serde(into = "B")] struct A { x: u8 }"#, "serde's `into` writes another type");
    refused(r#"#[serde(remote = "B")] struct A { x: u8 }"#, "serde's `remote`");
    refused("union A { x: u8 }", "a union has no fields");
    refused("#[output(krate = x)] struct A;", "unknown word `krate` in `#[output]`: did you mean `crate`?");
    refused(
        "#[output(crate)] struct A;",
        "`#[output]` is written `#[output(crate = my_framework::portcullis)]` or `#[output(schema = false)]`",
    );
    refused("#[output(schema = no)] struct A;", "`#[output]` is written");
    refused("#[output(schema = false)] #[output(schema = false)] struct A;", "`schema` is stated twice");
    refused("#[output] struct A;", "`#[output]` is written");
}

#[test]
fn a_mask_takes_the_place_of_what_cannot_be_missing() {
    for item in [
        r#"struct A(#[visible(role = "admin")] #[mask(all)] String);"#,
        r#"#[serde(transparent)] struct A { #[visible(role = "admin")] #[mask(all)] x: String }"#,
        r#"#[serde(tag = "t", content = "c")] enum A { B(#[mask(all)] String) }"#,
        r#"#[serde(untagged)] enum A { B(#[mask(all)] String), C { #[visible(role = "admin")] x: u8 } }"#,
    ] {
        assert_eq!(errors(item), [""; 0], "{item}");
    }
}

#[test]
fn a_rule_book_that_is_wrong_is_told_of_once() {
    let item = r#"struct A { #[visible(role = "admin")] x: u8, #[visible(role = "user")] y: u8 }"#;
    let broken = BookSource::Broken { messages: vec!["`security.toml` is wrong".to_owned()] };
    assert_eq!(errors_under(&broken, item), ["`security.toml` is wrong"]);
    let found = errors_under(&BookSource::Missing, item);
    assert!(found.len() == 2 && found[0].contains("there is no `security.toml` to declare `admin`"), "{found:#?}");
    let found = errors_under(&BookSource::Missing, "struct A { #[visible(authenticated)] x: u8 }");
    assert!(matches!(found.as_slice(), [one] if one.contains("there is no `security.toml`; create one")), "{found:#?}");
    assert_eq!(errors_under(&BookSource::Missing, "struct A { #[mask(all)] x: String }"), [""; 0]);
    assert_eq!(errors_under(&book_of(""), "struct A { #[visible(authenticated)] x: u8 }"), [""; 0]);
}

#[test]
fn all_mistakes_are_reported() {
    let found = errors(
        r#"#[mask(all)] struct A { #[visible(role = "admn")] #[mask(last = 0)] x: String, #[serde(skip)] #[mask(all)] y: String }"#,
    );
    assert_eq!(found.len(), 4, "{found:#?}");
}

#[test]
fn hostile_items_are_answered() {
    for item in [
        "struct A;",
        "enum A {}",
        "struct A();",
        "struct A<T>(T) where T: Clone;",
        "#[serde] struct A { #[serde = 1] x: u8 }",
        "#[serde(rename)] struct A { #[serde(skip_serializing_if = \"1 +\")] #[visible(authenticated)] x: u8 }",
        "struct A { #[serde(,,)] x: u8 }",
        "struct A { #[visible(\u{202e})] x: u8 }",
    ] {
        if let Ok(item) = item.parse() {
            super::output(item, &book_of(""), true);
        }
    }
}
