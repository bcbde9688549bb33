//! An input as a tree, built only after it has been refused, to say where it breaks its rules.
//! Reading a type out of it (`read`) notes in the objects which fields the type declares there.

use crate::input::Names;
use serde::{
    Deserialize, Deserializer,
    de::{Error, MapAccess, SeqAccess, Visitor},
};
use std::{borrow::Cow, cell::Cell, fmt};

/// How `serde_json` wraps a number where its `arbitrary_precision` is on, which any crate of the program can do.
pub(super) const WRAPPED_NUMBER: &str = "$serde_json::private::Number";

/// One value of an input.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node<'a> {
    Null,
    Bool(bool),
    Unsigned(u64),
    Signed(i64),
    Float(f64),
    /// A JSON string.
    Text(Cow<'a, str>),
    /// A value of a form, a query or a path: a string, or a number if one is asked for.
    Word(Cow<'a, str>),
    /// A file that was received, by its number.
    #[cfg(feature = "multipart")]
    File(u64),
    List(Vec<Node<'a>>),
    Object(Object<'a>),
}

/// Keys and values, in the order of the input and with its duplicates.
#[derive(Clone, Debug, Default)]
pub(super) struct Object<'a> {
    pub(super) pairs: Vec<(Cow<'a, str>, Node<'a>)>,
    /// Whether a list can be read out of it: the parameters of a path have both names and an order.
    pub(super) ordered: bool,
    pub(super) shape: Cell<Shape>,
    /// What an input type that is read out of it says of its names.
    pub(super) names: Cell<Option<&'static Names>>,
}

/// Equal as inputs: what was noted while a type was read out of it does not count.
impl PartialEq for Object<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.pairs == other.pairs && self.ordered == other.ordered
    }
}

/// What the type that is read out of an object makes of its keys.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) enum Shape {
    /// Nothing that is known, as in a map: the keys are the client's.
    #[default]
    Free,
    /// The fields of a struct that flattens others into itself, so that only those in the input are known.
    Flattened,
    /// The fields of a struct, all of them.
    Fields(&'static [&'static str]),
    /// The one key is the name of a variant.
    Variant,
    /// The same, and the content is that of its only field, which has no name and no index on the wire.
    Newtype,
}

impl<'a> Node<'a> {
    /// The tree of a JSON text, or `None` where it is not one.
    pub(super) fn from_json(text: &'a str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// The tree of a form, a query (`ordered` is false) or a path (`ordered` is true).
    pub(super) fn from_pairs(pairs: impl IntoIterator<Item = (Cow<'a, str>, Cow<'a, str>)>, ordered: bool) -> Self {
        let pairs = pairs.into_iter().map(|(name, value)| (name, Node::Word(value))).collect();
        Self::Object(Object { pairs, ordered, ..Object::default() })
    }
}

impl<'de> Deserialize<'de> for Node<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Builder)
    }
}

struct Builder;

impl<'de> Visitor<'de> for Builder {
    type Value = Node<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Node::Bool(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Node::Unsigned(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Node::Signed(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Node::Float(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Self::Value, E> {
        Ok(Node::Text(Cow::Owned(value.to_owned())))
    }

    fn visit_borrowed_str<E: Error>(self, value: &'de str) -> Result<Self::Value, E> {
        Ok(Node::Text(Cow::Borrowed(value)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element()? {
            items.push(item);
        }
        Ok(Node::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
        let mut pairs = Vec::new();
        while let Some((Key(key), value)) = access.next_entry()? {
            pairs.push((key, value));
        }
        if let [(key, Node::Text(digits))] = pairs.as_slice()
            && key == WRAPPED_NUMBER
        {
            return Ok(number(digits));
        }
        Ok(Node::Object(Object { pairs, ..Object::default() }))
    }
}

/// A number from its digits.
fn number(digits: &str) -> Node<'static> {
    let unsigned = digits.parse().map(Node::Unsigned);
    let signed = || digits.parse().map(Node::Signed).ok();
    let float = || digits.parse().map(Node::Float).ok();
    unsigned.ok().or_else(signed).or_else(float).unwrap_or(Node::Null)
}

/// A key, borrowed from the input unless it has escapes.
pub(super) struct Key<'a>(pub(super) Cow<'a, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyBuilder;

        impl<'de> Visitor<'de> for KeyBuilder {
            type Value = Key<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }

            fn visit_str<E: Error>(self, value: &str) -> Result<Self::Value, E> {
                Ok(Key(Cow::Owned(value.to_owned())))
            }

            fn visit_borrowed_str<E: Error>(self, value: &'de str) -> Result<Self::Value, E> {
                Ok(Key(Cow::Borrowed(value)))
            }
        }

        deserializer.deserialize_str(KeyBuilder)
    }
}

#[cfg(test)]
mod tests {
    use super::{Node, Object};

    #[test]
    fn json_becomes_a_tree_with_its_duplicates_and_its_order() {
        let Some(Node::Object(Object { pairs, .. })) = Node::from_json(r#"{"b":1,"a":[null,-1,0.5,"x"],"b":true}"#) else {
            panic!("an object");
        };
        let list = Node::List(vec![Node::Null, Node::Signed(-1), Node::Float(0.5), Node::Text("x".into())]);
        assert_eq!(pairs, [("b".into(), Node::Unsigned(1)), ("a".into(), list), ("b".into(), Node::Bool(true))]);
    }

    #[test]
    fn numbers_wrapped_for_arbitrary_precision_are_numbers() {
        let wrapped = |digits| Node::from_json(&format!(r#"{{"$serde_json::private::Number":"{digits}"}}"#)).map(owned);
        assert_eq!(wrapped("7"), Some(Node::Unsigned(7)));
        assert_eq!(wrapped("-7"), Some(Node::Signed(-7)));
        assert_eq!(wrapped("7e2"), Some(Node::Float(700.0)));
    }

    fn owned(node: Node<'_>) -> Node<'static> {
        match node {
            Node::Unsigned(value) => Node::Unsigned(value),
            Node::Signed(value) => Node::Signed(value),
            Node::Float(value) => Node::Float(value),
            _ => Node::Null,
        }
    }

    #[test]
    fn what_is_not_json_has_no_tree() {
        for text in ["", "{", "[1,]", "{\"a\":1} x", "\u{feff}1", &"[".repeat(100_000)] {
            assert_eq!(Node::from_json(text), None);
        }
    }
}
