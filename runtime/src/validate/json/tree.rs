//! A body of JSON as a document: is it JSON at all, all of it, and how complex? Ends where a bound is passed.
//! `serde_json` parses it, value by value, once.

use crate::{
    Denial,
    validate::{
        InputBounds,
        document::{Node, Object},
        keys,
        wrapped::NUMBER,
    },
};
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor},
};
use serde_json::Number;
use std::{borrow::Cow, fmt};

/// The document, and whether an object of it has a key twice; the denial for a body that is not JSON or passes a bound.
pub(super) fn read(body: &[u8], bounds: InputBounds) -> Result<(Node<'_>, bool), Denial> {
    let mut seen = Seen { bounds, elements: 0, repeats: false, beyond: None };
    let mut deserializer = serde_json::Deserializer::from_slice(body);
    let outcome = Value { seen: &mut seen, level: 1 }.deserialize(&mut deserializer);
    match outcome.and_then(|document| deserializer.end().map(|()| document)) {
        Ok(document) => Ok((document, seen.repeats)),
        Err(_) => Err(seen.beyond.unwrap_or(Denial::MalformedInput)),
    }
}

struct Seen {
    bounds: InputBounds,
    /// How many were seen.
    elements: u32,
    /// Whether a key was seen twice.
    repeats: bool,
    /// The bound that was passed.
    beyond: Option<Denial>,
}

impl Seen {
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
    seen: &'s mut Seen,
    level: u32,
}

/// Always asks for any kind of value: then `serde_json` looks into the strings, too, which it does not where it skips them.
impl<'de> DeserializeSeed<'de> for Value<'_> {
    type Value = Node<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Value<'_> {
    type Value = Node<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Node<'de>, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node<'de>, E> {
        Ok(Node::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node<'de>, E> {
        Ok(Node::Unsigned(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node<'de>, E> {
        Ok(Node::Signed(value))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node<'de>, E> {
        Ok(Node::Float(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Node<'de>, E> {
        Ok(Node::Text(Cow::Owned(value.to_owned())))
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Node<'de>, E> {
        Ok(Node::Text(Cow::Borrowed(value)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Node<'de>, A::Error> {
        let Self { seen, level } = self;
        seen.enter(level)?;
        let mut items = Vec::new();
        while let Some(item) = access.next_element_seed(Value { seen, level: level + 1 })? {
            seen.count()?;
            items.push(item);
        }
        Ok(Node::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Node<'de>, A::Error> {
        let Self { seen, level } = self;
        let mut pairs = Vec::new();
        while let Some(Key(key)) = access.next_key()? {
            // What may be a number of `arbitrary_precision` is no level yet.
            if pairs.is_empty() && key != NUMBER {
                seen.enter(level)?;
            }
            let value = access.next_value_seed(Value { seen, level: level + 1 })?;
            if !pairs.is_empty() || key != NUMBER {
                seen.count()?;
            }
            pairs.push((key, value));
        }
        match pairs.as_slice() {
            [] => seen.enter(level)?,
            [(key, Node::Text(digits))]
                if key == NUMBER
                    && let Some(number) = number(digits) =>
            {
                return Ok(number);
            }
            // A client wrote it, and it is held to the bounds as any other object.
            [(key, _), ..] if key == NUMBER => seen.enter(level)?,
            _ => {}
        }
        seen.repeats |= keys::repeat(&pairs);
        Ok(Node::Object(Object { pairs, ..Object::default() }))
    }
}

/// A number from its digits, if it is one.
fn number<'de>(digits: &Cow<'de, str>) -> Option<Node<'de>> {
    let number: Number = serde_json::from_str(digits).ok()?;
    let (unsigned, signed) = (number.as_u64().map(Node::Unsigned), number.as_i64().map(Node::Signed));
    unsigned.or(signed).or_else(|| number.as_f64().filter(|value| value.is_finite()).map(|_| Node::Digits(digits.clone())))
}

/// A key, borrowed from the input unless it has escapes.
struct Key<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(AsKey)
    }
}

struct AsKey;

impl<'de> Visitor<'de> for AsKey {
    type Value = Key<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, value: &str) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Owned(value.to_owned())))
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Borrowed(value)))
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::{
        Denial,
        validate::{
            InputBounds,
            document::{Node, Object},
        },
    };
    use proptest::prelude::*;
    use serde_json::Value;

    fn within(text: &str) -> Result<bool, Denial> {
        repeats(text, InputBounds::default().depth(3).elements(5))
    }

    fn repeats(text: &str, bounds: InputBounds) -> Result<bool, Denial> {
        read(text.as_bytes(), bounds).map(|(_, repeats)| repeats)
    }

    fn tree(text: &str) -> Option<Node<'_>> {
        read(text.as_bytes(), InputBounds::default()).ok().map(|(document, _)| document)
    }

    #[test]
    fn json_becomes_a_tree_with_its_duplicates_and_its_order() {
        let Some(Node::Object(Object { pairs, .. })) = tree(r#"{"b":1,"a":[null,-1,0.5,"x"],"b":true}"#) else {
            panic!("an object");
        };
        let list = Node::List(vec![Node::Null, Node::Signed(-1), Node::Float(0.5), Node::Text("x".into())]);
        assert_eq!(pairs, [("b".into(), Node::Unsigned(1)), ("a".into(), list), ("b".into(), Node::Bool(true))]);
    }

    #[test]
    fn numbers_wrapped_for_arbitrary_precision_are_numbers() {
        let wrapped = |digits: &str| {
            read(format!(r#"{{"$serde_json::private::Number":"{digits}"}}"#).as_bytes(), InputBounds::default())
                .map(|(document, _)| format!("{document:?}"))
        };
        assert_eq!(wrapped("7"), Ok("Unsigned(7)".to_owned()));
        assert_eq!(wrapped("-7"), Ok("Signed(-7)".to_owned()));
        assert_eq!(wrapped("0.12345678901234567890"), Ok("Digits(\"0.12345678901234567890\")".to_owned()));
        for no_number in ["", "7e999", "+7", "x", "NaN"] {
            assert!(wrapped(no_number).is_ok_and(|document| document.starts_with("Object")), "{no_number}");
        }
    }

    #[test]
    fn what_is_not_json_has_no_tree() {
        for text in ["", "{", "[1,]", "{\"a\":1} x", "\u{feff}1", &"[".repeat(100_000), "1e999", r#""\ud800""#] {
            assert_eq!(tree(text), None);
        }
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
        assert_eq!(within(&format!("[[[{}]]]", wrapped("7"))), Err(Denial::TooComplex { of: "levels", limit: 3 }));
        let nest = (0..5).fold("7".to_owned(), |inner, _| wrapped(&inner));
        assert_eq!(within(&nest), Err(Denial::TooComplex { of: "levels", limit: 3 }));
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
            assert_eq!(self::repeats(&text, bounds), Ok(repeats), "{text}");
        }
        // Malformed is malformed, also behind what repeats.
        assert_eq!(repeats(r#"{"a":1,"a":2"#, bounds), Err(Denial::MalformedInput));
    }

    proptest! {
        #[test]
        fn what_is_within_its_bounds_is_json_if_serde_json_says_so(body in r#"[\[\]{}",:\\u0-9a-d. eE+-]{0,40}"#) {
            let is_json = serde_json::from_str::<Value>(&body).is_ok();
            prop_assert_eq!(read(body.as_bytes(), InputBounds::default()).is_ok(), is_json);
        }
    }
}
