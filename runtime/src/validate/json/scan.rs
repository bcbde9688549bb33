//! The first look at a body of JSON: is it JSON at all, all of it, and how complex? Ends where a bound is passed.
//! `serde_json` parses it, value by value, and nothing is kept but the keys of the objects that are open.

use crate::{
    Denial,
    validate::{
        InputBounds,
        document::{Key, WRAPPED_NUMBER},
        keys::Keys,
    },
};
use serde::{
    Deserializer,
    de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor},
};
use std::fmt;

/// Whether an object of the body has a key twice; the denial for a body that is not JSON or passes a bound.
pub(super) fn scan(body: &[u8], bounds: InputBounds) -> Result<bool, Denial> {
    let mut scan = Scan { bounds, elements: 0, repeats: false, beyond: None };
    let mut deserializer = serde_json::Deserializer::from_slice(body);
    let outcome = Value { scan: &mut scan, level: 1 }.deserialize(&mut deserializer);
    match outcome.and_then(|()| deserializer.end()) {
        Ok(()) => Ok(scan.repeats),
        Err(_) => Err(scan.beyond.unwrap_or(Denial::MalformedInput)),
    }
}

struct Scan {
    bounds: InputBounds,
    /// How many were seen.
    elements: u32,
    /// Whether a key was seen twice.
    repeats: bool,
    /// The bound that was passed.
    beyond: Option<Denial>,
}

impl Scan {
    fn enter<E: Error>(&mut self, level: u32) -> Result<(), E> {
        self.hold(level, self.bounds.depth, "levels")
    }

    fn count<E: Error>(&mut self) -> Result<(), E> {
        self.elements = self.elements.saturating_add(1);
        self.hold(self.elements, self.bounds.elements, "elements")
    }

    fn hold<E: Error>(&mut self, count: u32, limit: u32, of: &'static str) -> Result<(), E> {
        if count <= limit {
            return Ok(());
        }
        self.beyond = Some(Denial::TooComplex { of, limit: limit.into() });
        Err(E::custom("too complex"))
    }
}

/// A value that is next, and the level that it would be if it is an array or an object.
struct Value<'s> {
    scan: &'s mut Scan,
    level: u32,
}

/// Always asks for any kind of value: then `serde_json` looks into the strings, too, which it does not where it skips them.
impl<'de> DeserializeSeed<'de> for Value<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Value<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        let Self { scan, level } = self;
        scan.enter(level)?;
        while access.next_element_seed(Value { scan, level: level + 1 })?.is_some() {
            scan.count()?;
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        let Self { scan, level } = self;
        let Some(Key(first)) = access.next_key()? else {
            return scan.enter(level);
        };
        if first == WRAPPED_NUMBER {
            // With `arbitrary_precision`, a number. Where a client wrote it, what it holds is held to the bounds all the same.
            access.next_value_seed(Value { scan, level: level + 1 })?;
        } else {
            scan.enter(level)?;
            access.next_value_seed(Value { scan, level: level + 1 })?;
            scan.count()?;
        }
        let mut keys = Keys::of(first);
        while let Some(Key(key)) = access.next_key()? {
            scan.repeats |= !keys.insert(key);
            access.next_value_seed(Value { scan, level: level + 1 })?;
            scan.count()?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::scan;
    use crate::{Denial, validate::InputBounds};
    use proptest::prelude::*;
    use serde_json::Value;

    fn within(text: &str) -> Result<bool, Denial> {
        scan(text.as_bytes(), InputBounds::default().depth(3).elements(5))
    }

    #[test]
    fn the_bound_of_the_depth_is_exact() {
        let too_deep = Err(Denial::TooComplex { of: "levels", limit: 3 });
        for good in ["7", "[[[7]]]", r#"{"a":{"b":{"c":7}}}"#, r#"[{"a":[]}]"#, "[[[]],[[]]]"] {
            assert_eq!(within(good), Ok(false), "{good}");
        }
        for bad in ["[[[[7]]]]", "[[[[", "[[[{}]]]", r#"{"a":{"b":{"c":{"d":7}}}}"#, r#"[[[{"a":"#, "[[[],[[]]]]"] {
            assert_eq!(within(bad), too_deep, "{bad}");
        }
    }

    #[test]
    fn the_bound_of_the_elements_is_exact_and_counts_them_all() {
        let too_many = Err(Denial::TooComplex { of: "elements", limit: 5 });
        for good in ["[1,2,3,4,5]", "[[1],[2],3]", r#"{"a":1,"b":[2,3,4]}"#] {
            assert_eq!(within(good), Ok(false), "{good}");
        }
        for bad in ["[1,2,3,4,5,6]", "[[1],[2],[3]]", r#"{"a":1,"b":[2,3,4,5]}"#, "[1,2,3,4,5,6,"] {
            assert_eq!(within(bad), too_many, "{bad}");
        }
    }

    #[test]
    fn a_number_that_is_wrapped_for_arbitrary_precision_is_no_level_and_no_way_around_one() {
        let wrapped = |inner: &str| format!(r#"{{"$serde_json::private::Number":{inner}}}"#);
        assert_eq!(within(&format!("[[[{}]]]", wrapped("\"1\""))), Ok(false));
        let nest = (0..5).fold("7".to_owned(), |inner, _| wrapped(&format!("[{inner}]")));
        assert_eq!(within(&nest), Err(Denial::TooComplex { of: "levels", limit: 3 }));
    }

    #[test]
    fn what_repeats_is_found_wherever_it_is_and_however_it_is_written() {
        let many: Vec<_> = (0..40).map(|number| format!("\"k{number}\":0")).collect();
        let with = |more: &str| format!("{{{},{more}}}", many.join(","));
        let bounds = InputBounds::default();
        for (text, repeats) in [
            (r#"{"a":1,"a":2}"#.to_owned(), true),
            (r#"[0,{"b":{"a":1,"\u0061":2}}]"#.to_owned(), true),
            (r#"{"a":1,"A":2,"b":{"a":3}}"#.to_owned(), false),
            (with("\"k0\":1"), true),
            (with("\"k39\":1"), true),
            (with("\"k40\":1"), false),
        ] {
            assert_eq!(scan(text.as_bytes(), bounds), Ok(repeats), "{text}");
        }
        // Malformed is malformed, also behind what repeats.
        assert_eq!(scan(br#"{"a":1,"a":2"#, bounds), Err(Denial::MalformedInput));
    }

    proptest! {
        #[test]
        fn what_is_within_its_bounds_is_json_if_serde_json_says_so(body in r#"[\[\]{}",:\\u0-9a-d. eE+-]{0,40}"#) {
            let is_json = serde_json::from_str::<Value>(&body).is_ok();
            prop_assert_eq!(scan(body.as_bytes(), InputBounds::default()).is_ok(), is_json);
        }
    }
}
