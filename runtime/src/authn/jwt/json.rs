//! JSON objects that mean one thing: without duplicate members at any depth.
//! Two readers that pick different ones of two `sub` members would disagree about who calls.

use serde::{
    Deserialize,
    de::{Deserializer, Error, MapAccess, SeqAccess, Visitor},
};
use serde_json::{Map, Value};
use std::{collections::HashSet, fmt};

/// The object of this JSON text, or `None` where it is not exactly one object or holds a duplicate member.
///
/// The depth is bounded by `serde_json`, the size by the token that the text is part of.
pub(super) fn object(text: &[u8]) -> Option<Map<String, Value>> {
    // Two passes instead of one that builds the values: how numbers are presented to a visitor depends on features of
    // `serde_json` that any crate of the program can switch on, and only `serde_json` itself copes with all of them.
    serde_json::from_slice::<WithoutDuplicates>(text).ok()?;
    serde_json::from_slice(text).ok()
}

/// Any JSON value, only looked through.
struct WithoutDuplicates;

impl<'de> Deserialize<'de> for WithoutDuplicates {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(LookThrough)
    }
}

struct LookThrough;

impl<'de> Visitor<'de> for LookThrough {
    type Value = WithoutDuplicates;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON without duplicate members")
    }

    fn visit_unit<E>(self) -> Result<WithoutDuplicates, E> {
        Ok(WithoutDuplicates)
    }

    fn visit_bool<E>(self, _: bool) -> Result<WithoutDuplicates, E> {
        Ok(WithoutDuplicates)
    }

    fn visit_i64<E>(self, _: i64) -> Result<WithoutDuplicates, E> {
        Ok(WithoutDuplicates)
    }

    fn visit_u64<E>(self, _: u64) -> Result<WithoutDuplicates, E> {
        Ok(WithoutDuplicates)
    }

    fn visit_f64<E>(self, _: f64) -> Result<WithoutDuplicates, E> {
        Ok(WithoutDuplicates)
    }

    fn visit_str<E>(self, _: &str) -> Result<WithoutDuplicates, E> {
        Ok(WithoutDuplicates)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<WithoutDuplicates, A::Error> {
        while items.next_element::<WithoutDuplicates>()?.is_some() {}
        Ok(WithoutDuplicates)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<WithoutDuplicates, A::Error> {
        let mut names = HashSet::new();
        while let Some(name) = members.next_key::<String>()? {
            if !names.insert(name) {
                return Err(A::Error::custom("duplicate member"));
            }
            members.next_value::<WithoutDuplicates>()?;
        }
        Ok(WithoutDuplicates)
    }
}

#[cfg(test)]
mod tests {
    use super::object;
    use proptest::prelude::*;

    #[test]
    fn an_object_is_read_with_all_kinds_of_values() {
        let object = object(br#" {"a": [1, -1, 1.5, true, null, "x"], "b": {"a": {}}} "#).unwrap();
        assert_eq!(object["a"][2], 1.5);
        assert!(object["b"]["a"].is_object());
    }

    #[test]
    fn duplicate_members_are_refused_at_any_depth_and_however_they_are_written() {
        for text in [
            r#"{"a": 1, "a": 1}"#,
            r#"{"a": 1, "\u0061": 1}"#,
            r#"{"a": {"b": 1, "b": 1}}"#,
            r#"{"a": [{"b": 1, "b": 1}]}"#,
            r#"{"": 1, "": 1}"#,
        ] {
            assert_eq!(object(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn what_is_not_one_object_is_refused() {
        for text in [&b""[..], b"1", b"[]", b"null", b"{", b"{} {}", b"{}x", b"\xff", b"{\"a\":\"\xff\"}", b"{\"a\":1e999}"] {
            assert_eq!(object(text), None);
        }
    }

    #[test]
    fn deep_nesting_is_refused_without_a_stack_overflow() {
        let deep = format!("{{\"a\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(object(deep.as_bytes()), None);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(text in proptest::collection::vec(any::<u8>(), 0..100)) {
            let _ = object(&text);
        }
    }
}
