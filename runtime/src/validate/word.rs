//! Reads a value out of one word: a value of a form, a query or a path, or the key of an object.
//! A word is whatever it is asked to be, as far as it can be parsed as that.

use super::fault::Fault;
use serde::{
    Deserializer,
    de::{Visitor, value::StrDeserializer},
    forward_to_deserialize_any,
};
use std::cell::Cell;

/// One word of an input.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word<'w> {
    text: &'w str,
    /// Set when the word is read as a name that the type declares, which only keys can be.
    declared: Option<&'w Cell<bool>>,
}

impl<'w> Word<'w> {
    /// A value.
    pub(super) fn value(text: &'w str) -> Self {
        Self { text, declared: None }
    }

    /// A key. `declared` becomes true if it is compared with the names that a type declares.
    pub(super) fn key(text: &'w str, declared: &'w Cell<bool>) -> Self {
        Self { text, declared: Some(declared) }
    }
}

macro_rules! parse {
    ($($method:ident $visit:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
            match self.text.parse() {
                Ok(value) => visitor.$visit(value),
                Err(_) => Err(Fault::expected(&visitor)),
            }
        }
    )*};
}

impl<'de> Deserializer<'de> for Word<'_> {
    type Error = Fault;

    parse! {
        deserialize_bool visit_bool
        deserialize_i8 visit_i8
        deserialize_i16 visit_i16
        deserialize_i32 visit_i32
        deserialize_i64 visit_i64
        deserialize_i128 visit_i128
        deserialize_u8 visit_u8
        deserialize_u16 visit_u16
        deserialize_u32 visit_u32
        deserialize_u64 visit_u64
        deserialize_u128 visit_u128
        deserialize_f32 visit_f32
        deserialize_f64 visit_f64
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_str(self.text)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        if let Some(declared) = self.declared {
            declared.set(true);
        }
        visitor.visit_str(self.text)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _name: &'static str, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_enum(StrDeserializer::new(self.text))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! { char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct }
}
