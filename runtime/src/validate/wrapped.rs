//! What `serde_json` hands to types of its own in a wrapping that only it and they know: numbers of any precision, and text as it is.
//! A document hands them on in the same way, so that such a field can be read out of it.

use super::{
    document::{Node, Object},
    fault::Fault,
};
use serde::{
    Serialize, Serializer,
    de::{Visitor, value::MapDeserializer},
};
use serde_json::Number;
use std::iter;

/// How a number comes where `arbitrary_precision` is on, which any crate of the program can do.
pub(super) const NUMBER: &str = "$serde_json::private::Number";

/// What a `RawValue` asks for.
pub(super) const RAW_VALUE: &str = "$serde_json::private::RawValue";

/// Visits a number by its digits.
pub(super) fn number<'de, V: Visitor<'de>>(digits: &str, visitor: V) -> Result<V::Value, Fault> {
    visitor.visit_map(MapDeserializer::new(iter::once((NUMBER, digits))))
}

/// Visits a value as JSON: what it means is what was sent, though not the white space around it.
pub(super) fn raw<'de, V: Visitor<'de>>(node: &Node<'_>, visitor: V) -> Result<V::Value, Fault> {
    let text = serde_json::to_string(node).map_err(|_| Fault::generic())?;
    visitor.visit_map(MapDeserializer::new(iter::once((RAW_VALUE, text))))
}

impl Serialize for Node<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Unsigned(value) => serializer.serialize_u64(*value),
            Self::Signed(value) => serializer.serialize_i64(*value),
            Self::Float(value) => serializer.serialize_f64(*value),
            Self::Digits(digits) => {
                serde_json::from_str::<Number>(digits).map_err(serde::ser::Error::custom)?.serialize(serializer)
            }
            Self::Text(text) | Self::Word(text) => serializer.serialize_str(text),
            #[cfg(feature = "multipart")]
            Self::File(_) => Err(serde::ser::Error::custom("a file is no JSON")),
            Self::List(items) => serializer.collect_seq(items),
            Self::Object(Object { pairs, .. }) => serializer.collect_map(pairs.iter().map(|(key, value)| (key, value))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::json;
    use serde::Deserialize;
    use serde_json::value::RawValue;

    #[test]
    fn a_raw_value_is_what_was_sent_but_for_its_white_space() {
        #[derive(Deserialize)]
        struct Event {
            kind: String,
            payload: Box<RawValue>,
        }

        for payload in [r#"{"a":[1,-2,0.5,"x\n",null,true],"b":{}}"#, "7", "\"text\"", "null", "[]"] {
            let text = format!(r#"{{ "kind": "paid", "payload": {payload} }}"#);
            let event = Event::deserialize(&json::document(&text).unwrap()).unwrap();
            assert_eq!((event.kind.as_str(), event.payload.get()), ("paid", payload));
        }
    }
}
