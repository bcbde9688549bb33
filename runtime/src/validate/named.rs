//! What headers and cookies have in common: many values that concern others, of which a type declares by name those that it reads.
//! The names are asked of the type itself, so that nothing else is looked at, and nothing else can make a request fail.

use super::{check, document::Node};
use crate::{Denial, RequestPart};
use garde::Validate;
use serde::{
    Deserializer,
    de::{DeserializeOwned, Error as _, Visitor, value::Error},
    forward_to_deserialize_any,
};
use std::borrow::Cow;

/// What a type that reads none or cannot say which is answered with.
const NO_STRUCT: Denial =
    Denial::Misconfigured("`Valid<Header<…>>` and `Valid<Cookie<…>>` take structs with named fields, none of them flattened");

/// Reads a struct out of the values that `find` has for its fields, each as often as it was sent.
pub(super) fn read<'v, T, V>(part: RequestPart, mut find: impl FnMut(&'static str) -> Result<V, Denial>) -> Result<T, Denial>
where
    T: DeserializeOwned + Validate<Context: Default>,
    V: IntoIterator<Item = &'v str>,
{
    let mut pairs = Vec::new();
    for field in fields_of::<T>().ok_or(NO_STRUCT)? {
        pairs.extend(find(field)?.into_iter().map(|value| (Cow::Borrowed(*field), Cow::Borrowed(value))));
    }
    let document = Node::from_pairs(pairs, false);
    check::read(&document, part)
}

/// The fields of a struct, by their names on the wire; `None` for another type and for one that flattens others into itself.
pub(crate) fn fields_of<T: DeserializeOwned>() -> Option<&'static [&'static str]> {
    let mut fields = None;
    let _ = T::deserialize(Asked(&mut fields));
    fields
}

/// Notes the fields that a type asks for, and has nothing for it.
struct Asked<'f>(&'f mut Option<&'static [&'static str]>);

impl<'de> Deserializer<'de> for Asked<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        Err(Error::custom("not a struct"))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Error> {
        *self.0 = Some(fields);
        Err(Error::custom("no values yet"))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct seq tuple tuple_struct
        map enum identifier ignored_any
    }
}
